import { Out } from "../out.ts";
import { decodePayload, type PayloadField, type PayloadKind } from "../payload-fields.ts";
import { base64, type Members } from "./members.ts";

// A payload stands in a document as its bytes, and beside them as what they say, for readers. The bytes are what counts; a document
// without them has what they say written.

export function payloadToJson(fields: readonly PayloadField[] | undefined, payload: Uint8Array): { readonly [key: string]: unknown } {
  const decoded = fields === undefined || fields.length === 0 ? undefined : decodePayload(fields, payload);
  return { payload: base64(payload), ...(decoded === undefined ? {} : { decoded }) };
}

export function payloadOf(fields: readonly PayloadField[] | undefined, json: Members): Uint8Array {
  const isSaid = json.get("payload") === undefined && json.get("decoded") !== undefined && fields !== undefined;
  const payload = isSaid ? encodePayload(fields, json.member("decoded")) : json.base64("payload");
  if (payload.length > 0xffff) throw json.wrong("length", isSaid ? "decoded" : "payload", "has at most 65535 bytes");
  return payload;
}

const WRITE: Readonly<Record<PayloadKind, (out: Out, json: Members, key: string) => void>> = {
  be32: (out, json, key) => out.be32(json.be32(key)),
  be64: (out, json, key) => out.be64(json.size(key)),
  name: (out, json, key) => out.name(json.name(key)),
  zero: (out) => out.u8(0),
  ranges: (out, json, key) => {
    for (const range of json.list(key)) {
      out.be64(range.size("start"));
      out.be64(range.size("length"));
    }
  },
};

function encodePayload(fields: readonly PayloadField[], json: Members): Uint8Array {
  const pieces: Uint8Array[] = [];
  const out = new Out((bytes) => pieces.push(bytes.slice()));
  for (const { key, kind } of fields) WRITE[kind](out, json, key);
  out.flush();
  return Buffer.concat(pieces);
}
