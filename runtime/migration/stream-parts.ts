import type { Container } from "../codec/v1.ts";
import { ByteWriter } from "../codec/v1.ts";
import type { Device, RamBlock } from "../guest/guest.ts";
import { MAGIC, RAM, STREAM_VERSION, TYPE } from "../stream/format.ts";
import type { Out } from "../stream/out.ts";

// The parts of a stream that no page and no device is. FORMAT.md, Stream.

/** The section that RAM goes in. Devices have the ids that they were captured with, which count up from 0: this is none of theirs. */
const RAM_SECTION = { id: 0x72616d, name: "ram", version: 4 };

export function writeHead(out: Out, machine: string, { configuration }: Container): void {
  out.be32(MAGIC);
  out.be32(STREAM_VERSION);
  if (!configuration) return;
  out.u8(TYPE.configuration);
  out.be32(machine.length);
  out.put(Buffer.from(machine, "latin1"));
}

/** The list of blocks that RAM begins with. */
export function writeRamStart(out: Out, blocks: readonly RamBlock[], container: Container): void {
  out.u8(TYPE.start);
  out.be32(RAM_SECTION.id);
  out.name(RAM_SECTION.name);
  out.be32(0);
  out.be32(RAM_SECTION.version);
  out.word(
    blocks.reduce((sum, { size }) => sum + size, 0),
    RAM.size,
  );
  for (const { id, size } of blocks) {
    out.name(id);
    out.be64(size);
  }
  writeRamEnd(out, container);
}

/** What stands before records of pages. */
export function writePartHead(out: Out, type: "part" | "end"): void {
  out.u8(TYPE[type]);
  out.be32(RAM_SECTION.id);
}

/** Ends a part of RAM, the first and the last as well. */
export function writeRamEnd(out: Out, container: Container): void {
  out.word(0, RAM.eos);
  writeFooter(out, RAM_SECTION.id, container);
}

export function writeCommand(out: Out, command: number, payload: Uint8Array = NOTHING): void {
  out.u8(TYPE.command);
  out.be16(command);
  out.be16(payload.length);
  out.put(payload);
}

export const PING_BYTES = 9;

export function writePing(out: Out, value: number): void {
  out.u8(TYPE.command);
  out.be16(2);
  out.be16(4);
  out.be32(value);
}

/** A device's section. Throws SaveError for a state that its description does not allow. */
export function writeDevice(out: Out, { name, instance, sectionId, codec, properties, state }: Device, container: Container): void {
  WRITER.at = 0;
  codec.save(state, WRITER, properties);
  out.u8(TYPE.full);
  out.be32(sectionId);
  out.name(name);
  out.be32(instance);
  out.be32(codec.versionId);
  out.put(WRITER.written());
  writeFooter(out, sectionId, container);
}

export function writeEof(out: Out): void {
  out.u8(TYPE.eof);
}

const NOTHING = new Uint8Array(0);
const WRITER = new ByteWriter();

function writeFooter(out: Out, id: number, { footers }: Container): void {
  if (!footers) return;
  out.u8(TYPE.footer);
  out.be32(id);
}
