import { hex64 } from "../../codec/json.ts";
import { LONG_NAME, MULTIFD_MAGIC, MULTIFD_VERSION, PACKET_MEMORY, UNUSED_BYTES } from "../multifd.ts";
import type { Out } from "../out.ts";
import type { MultifdDeviceItem, MultifdHelloItem, MultifdPackedItem, MultifdPacketItem } from "../wire-item.ts";
import type { Form } from "./form.ts";
import { base64, type Members } from "./members.ts";

/** Offsets that a packet of x86 has room for. */
const USUAL_SLOTS = 128;
/** With the smallest pages that there are. */
const MOST_SLOTS = PACKET_MEMORY / 1024;
const HELLO_UNUSED = 39;

export const multifdHello: Form<MultifdHelloItem> = {
  toJson: ({ uuid, channel, unused }) => ({ uuid: Buffer.from(uuid).toString("hex"), channel, ...unusedJson(unused) }),
  write: (out, json) => {
    out.be32(MULTIFD_MAGIC);
    out.be32(MULTIFD_VERSION);
    out.put(json.uuid("uuid"));
    out.u8(json.number("channel", 255));
    writeUnused(out, json, HELLO_UNUSED);
  },
};

export const multifdPacket: Form<MultifdPacketItem> = {
  toJson: ({ flags, pagesAlloc, normalPages, nextPacketSize, packet, zeroPages, unused, block, offsets, slots }) => ({
    flags,
    pagesAlloc,
    normalPages,
    nextPacketSize,
    packet: hex64(packet),
    zeroPages,
    ...unusedJson(unused),
    block,
    offsets: offsets.map(hex64),
    ...(slots === USUAL_SLOTS ? {} : { slots }),
  }),
  write: (out, json) => {
    const slots = json.number("slots", MOST_SLOTS, USUAL_SLOTS);
    const offsets = json.listOfBits64("offsets", slots);
    writeStart(out, json);
    for (const key of ["pagesAlloc", "normalPages", "nextPacketSize"]) out.be32(json.be32(key));
    out.be64(json.bits64("packet"));
    out.be32(json.be32("zeroPages"));
    writeUnused(out, json, UNUSED_BYTES);
    writeLongName(out, json, "block");
    for (const offset of offsets) out.be64(offset);
    out.zeros(8 * (slots - offsets.length));
  },
};

export const multifdPacked: Form<MultifdPackedItem> = {
  toJson: ({ data }) => ({ data: base64(data) }),
  write: (out, json) => out.put(json.base64("data")),
};

export const multifdDevice: Form<MultifdDeviceItem> = {
  toJson: ({ flags, name, instance, data }) => ({ flags, name, instance, data: base64(data) }),
  write: (out, json) => {
    const data = json.base64("data");
    writeStart(out, json);
    writeLongName(out, json, "name");
    out.be32(json.be32("instance"));
    out.be32(data.length);
    out.put(data);
  },
};

function writeStart(out: Out, json: Members): void {
  out.be32(MULTIFD_MAGIC);
  out.be32(MULTIFD_VERSION);
  out.be32(json.be32("flags"));
}

function writeLongName(out: Out, json: Members, key: string): void {
  const name = json.text(key, LONG_NAME);
  out.put(Buffer.from(name, "latin1"));
  out.zeros(LONG_NAME - name.length);
}

function unusedJson(unused: Uint8Array | undefined): { readonly unused?: string } {
  return unused === undefined ? {} : { unused: base64(unused) };
}

function writeUnused(out: Out, json: Members, length: number): void {
  const unused = json.get("unused") === undefined ? new Uint8Array(length) : json.base64("unused");
  if (unused.length !== length) throw json.wrong("length", "unused", `has ${length} bytes`);
  out.put(unused);
}
