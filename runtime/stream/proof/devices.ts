import { bytesOf } from "./bytes-of.ts";
import { type Device, field } from "./described.ts";

const byte = (name: string) => field(name, "uint8", 1);
const struct = (name: string, fields: readonly object[], size: number, more: object = {}) =>
  field(name, "struct", size, { ...more, struct: { vmsd_name: name, version: 1, fields } });

/** A device with every shape that a description has, and its bytes. */
export const DEVICE: Device = {
  json: {
    name: "0000:00:02.0/dev",
    instance_id: 0,
    vmsd_name: "dev",
    version: 3,
    fields: [
      field("on", "bool", 1),
      field("count", "uint16", 2),
      field("offset", "int32", 4),
      field("base", "uint64", 8),
      field("deadline", "timer", 8),
      field("regs", "uint32", 4, { array_len: 2 }),
      field("mac", "buffer", 6),
      field("unused", "unused_buffer", 3),
      struct("ring", [byte("head"), field("full", "bool", 1)], 2, { array_len: 2 }),
      struct("tx", [byte("size")], 1),
      struct("slot", [byte("n")], 1, { index: 0 }),
      struct("slot", [byte("n")], 1),
      { name: "queue", type: "qtailq", vmsd_name: "entry", version: 1, fields: [byte("key")], size: 3 },
      field("none", "nullptr", 1),
    ],
    subsections: [
      {
        vmsd_name: "dev/more",
        version: 2,
        fields: [field("extra", "bool", 1)],
        subsections: [{ vmsd_name: "dev/more/deep", version: 1, fields: [] }],
      },
    ],
  },
  body: bytesOf(`01 0102 fffffffe 00000000000000ff ffffffffffffffff 00000001 00000002 525400123456 00*3 0101 0200 07 08 09 01 0a 00 30
    05 n:'dev/more' 00000002 01 05 n:'dev/more/deep' 00000001`),
};

/** A device of the old style: its bytes are known to code only. */
export const OLD_STYLE: Device = {
  json: { name: "slirp", instance_id: 0, version: 4, size: 5, fields: [{ name: "data", size: 5, type: "buffer" }] },
  body: bytesOf("0102030405"),
};
