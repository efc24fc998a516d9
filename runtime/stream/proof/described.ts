import { MAGIC, STREAM_VERSION, TYPE } from "../format.ts";
import { Out } from "../out.ts";

/** A device as a description has it, and the bytes of its section. */
export interface Device {
  readonly json: { readonly name: string; readonly instance_id: number; readonly version?: number } & Readonly<Record<string, unknown>>;
  readonly body: Uint8Array;
}

/** A stream of devices with footers and a description, its JSON changed by `edit`. */
export function describedStream(devices: readonly Device[], edit = (json: string) => json): Uint8Array {
  const pieces: Uint8Array[] = [];
  const out = new Out((bytes) => pieces.push(bytes.slice()));
  out.be32(MAGIC);
  out.be32(STREAM_VERSION);
  out.u8(TYPE.configuration);
  out.be32(2);
  out.put(Buffer.from("pc"));
  for (const [id, { json, body }] of devices.entries()) {
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
  const text = Buffer.from(edit(JSON.stringify({ page_size: 4096, devices: devices.map(({ json }) => json) })), "latin1");
  out.u8(TYPE.description);
  out.be32(text.length);
  out.put(text);
  out.flush();
  return Buffer.concat(pieces);
}

/** A field of a description. */
export function field(name: string, type: string, size: number, more: object = {}): object {
  return { name, ...more, type, size };
}
