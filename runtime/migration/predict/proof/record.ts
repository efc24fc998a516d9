import { sourceOfBytes } from "../../../stream/byte-source.ts";
import { DirtyLogWriter } from "../../dirty-log/dirty-log-writer.ts";
import type { DirtyLog } from "../../dirty-log/format.ts";
import { readDirtyLog } from "../../dirty-log/read-dirty-log.ts";
import type { Workload } from "./workload.ts";

export interface RecordOptions {
  readonly pages: number;
  /** Pages of zeros at the start: the last ones. */
  readonly zeroPages: number;
  readonly milliseconds: number;
  readonly periods: readonly number[];
}

/** The bytes of the log of a workload. */
export function recordWorkload(guest: Workload, { pages, zeroPages, milliseconds, periods }: RecordOptions): Uint8Array {
  const writer = new DirtyLogWriter([{ id: "pc.ram", size: pages * 4096, pageSize: 4096 }]);
  const words = 2 * Math.ceil(pages / 64);
  const zero = new Uint32Array(words);
  for (let page = pages - zeroPages; page < pages; page++) mark(zero, page);
  const records = [writer.header().slice(), writer.zero([zero]).slice()];
  for (let [at, turn] = [0, 0]; at < milliseconds; turn++) {
    const length = periods[turn % periods.length] as number;
    const bitmap = new Uint32Array(words);
    guest.run(length, (page) => mark(bitmap, page));
    at += length;
    records.push(writer.epoch(at, length, [bitmap]).slice());
  }
  records.push(writer.end().slice());
  return Buffer.concat(records);
}

export function logOfWorkload(guest: Workload, options: RecordOptions): DirtyLog {
  return readDirtyLog(sourceOfBytes(recordWorkload(guest, options)));
}

function mark(bitmap: Uint32Array, page: number): void {
  bitmap[page >>> 5] = (bitmap[page >>> 5] as number) | (1 << (page & 31));
}
