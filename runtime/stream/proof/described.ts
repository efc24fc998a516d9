import { MAGIC, RAM, STREAM_VERSION, TYPE } from "../format.ts";
import { Out } from "../out.ts";

/** A device as a description has it, and the bytes of its section. */
export interface Device {
  readonly json: { readonly name: string; readonly instance_id: number; readonly version?: number } & Readonly<Record<string, unknown>>;
  readonly body: Uint8Array;
}

/** A stream of devices with footers and a description, its JSON changed by `edit`; of all of them, or of those that are `described`. */
export function describedStream(devices: readonly Device[], edit = (json: string) => json, described = devices): Uint8Array {
  const pieces: Uint8Array[] = [];
  const out = new Out((bytes) => pieces.push(bytes.slice()));
  out.be32(MAGIC);
  out.be32(STREAM_VERSION);
  out.u8(TYPE.configuration);
  out.be32(2);
  out.put(Buffer.from("pc"));
  writeNoRam(out);
  for (const [index, { json, body }] of devices.entries()) {
    const id = index + 1;
    out.u8(TYPE.full);
    out.be32(id);
    out.name(json.name);
    out.be32(json.instance_id);
    out.be32(json.version ?? 1);
    out.put(body);
    out.u8(TYPE.footer);
    out.be32(id);
  }
  out.u8(TYPE.eof);
  const text = Buffer.from(edit(JSON.stringify({ page_size: 4096, devices: described.map(({ json }) => json) })), "latin1");
  out.u8(TYPE.description);
  out.be32(text.length);
  out.put(text);
  out.flush();
  return Buffer.concat(pieces);
}

/** As in every real stream a section comes first that is sent in parts, and shows that there are footers. */
function writeNoRam(out: Out): void {
  out.u8(TYPE.start);
  out.be32(0);
  out.name("ram");
  out.be32(0);
  out.be32(4);
  out.word(0, RAM.size);
  out.word(0, RAM.eos);
  out.u8(TYPE.footer);
  out.be32(0);
  out.u8(TYPE.end);
  out.be32(0);
  out.word(0, RAM.eos);
  out.u8(TYPE.footer);
  out.be32(0);
}

/** A field of a description. */
export function field(name: string, type: string, size: number, more: object = {}): object {
  return { name, ...more, type, size };
}
