import { type Code, code, raw } from "../code/code.ts";
import type { SubsectionIr } from "../ir.ts";

// FORMAT.md, on the wire: 0x05, a counted name, a be32 version.

const VERSION = 4;

export function headerSize({ name }: SubsectionIr): number {
  return 2 + name.length + VERSION;
}

/** Statements that write the header at `o`, four bytes at a time. */
export function headerStores(subsection: SubsectionIr): readonly Code[] {
  const version = Buffer.alloc(VERSION);
  version.writeUInt32BE(subsection.versionId);
  return words(Buffer.concat([nameBytes(subsection), version])).map(
    ({ at, bytes, value }) => code`d.setInt${bytes * 8}(${atOffset(at)}, ${value});`,
  );
}

/** A condition that is true when the bytes at `o` begin this subsection, up to its version; compares words, not strings. */
export function headerMatches(subsection: SubsectionIr): Code {
  const size = headerSize(subsection) - VERSION;
  const compares = words(nameBytes(subsection)).map(({ at, bytes, value }) => `d.getInt${bytes * 8}(${atOffset(at).text}) === ${value}`);
  return raw([`o + ${size} <= end`, ...compares].join(" && "));
}

function nameBytes({ name }: SubsectionIr): Buffer {
  return Buffer.concat([Buffer.from([0x05, name.length]), Buffer.from(name, "latin1")]);
}

function words(bytes: Buffer): { at: number; bytes: 1 | 2 | 4; value: number }[] {
  const found: { at: number; bytes: 1 | 2 | 4; value: number }[] = [];
  for (let at = 0; at < bytes.length; ) {
    const width = bytes.length - at >= 4 ? 4 : bytes.length - at >= 2 ? 2 : 1;
    found.push({ at, bytes: width, value: bytes.readIntBE(at, width) });
    at += width;
  }
  return found;
}

function atOffset(at: number): Code {
  return raw(at === 0 ? "o" : `o + ${at}`);
}
