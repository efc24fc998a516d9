import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { sourceOfBytes } from "../../runtime/stream/byte-source.ts";
import { RAM, TYPE } from "../../runtime/stream/format.ts";
import type { StartItem } from "../../runtime/stream/item.ts";
import { Out } from "../../runtime/stream/out.ts";
import { readStream } from "../../runtime/stream/read-stream.ts";

const MIB = 1 << 20;
const PAGE = 4096;
/** As QEMU does between two looks at its clock and its rate limit. */
const PAGES_A_PART = 4096;

/** Writes the stream of a guest with that much RAM, no page of it zero: everything but RAM is a real stream's. */
export function writeSynthetic(path: string, real: string, mib: number): void {
  const stored = gunzipSync(readFileSync(real));
  const { start, devices } = partsOf(stored);
  const fd = openSync(path, "w");
  const out = new Out((bytes) => {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
  });
  out.put(stored.subarray(0, start.at));
  writeRam(out, start, mib * MIB);
  out.put(stored.subarray(devices));
  out.flush();
  closeSync(fd);
}

function partsOf(stream: Uint8Array): { start: StartItem; devices: number } {
  let start: StartItem | undefined;
  let devices = 0;
  const sink = {
    item: (item: { readonly item: string; readonly at: number }) => {
      if (item.item === "start") start = item as StartItem;
    },
    section: ({ at }: { readonly at: number }) => {
      devices ||= at;
    },
    page: () => {},
    problem: ({ message }: { readonly message: string }) => {
      throw new Error(message);
    },
  };
  readStream(sourceOfBytes(stream), sink, { payloads: false });
  if (start === undefined) throw new Error("The stream has no RAM.");
  return { start, devices };
}

function writeRam(out: Out, { id, name, instance, version }: StartItem, length: number): void {
  const part = (type: number, body: () => void): void => {
    out.u8(type);
    out.be32(id);
    body();
    out.word(0, RAM.eos);
    out.u8(TYPE.footer);
    out.be32(id);
  };
  part(TYPE.start, () => {
    out.name(name);
    out.be32(instance);
    out.be32(version);
    out.word(length, RAM.size);
    out.name("pc.ram");
    out.be64(length);
  });
  const page = Buffer.from(Array.from({ length: PAGE }, (_, at) => (at * 7 + 1) & 0xff));
  for (let offset = 0; offset < length; )
    part(TYPE.part, () => {
      for (let nth = 0; nth < PAGES_A_PART && offset < length; nth++, offset += PAGE) {
        out.word(offset, RAM.page | (offset === 0 ? 0 : RAM.sameBlock));
        if (offset === 0) out.name("pc.ram");
        page.writeUInt32LE(offset / PAGE);
        out.put(page);
      }
    });
  part(TYPE.end, () => {});
}
