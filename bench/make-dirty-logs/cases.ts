import { recordWorkload } from "../../runtime/migration/predict/proof/record.ts";
import { createWorkload, type Kind } from "../../runtime/migration/predict/proof/workload.ts";

interface LogCase {
  readonly name: string;
  readonly kind: Kind;
  /** Pages that are written to, of the guest's 8192, and writes a second. */
  readonly pages: number;
  readonly rate: number;
}

export const DIRTY_LOGS: readonly LogCase[] = [
  { name: "zipf", kind: "zipf", pages: 4000, rate: 4000 },
  { name: "bursts", kind: "bursts", pages: 3000, rate: 6000 },
  { name: "byte-a-page", kind: "byte-a-page", pages: 6000, rate: 50_000 },
];

/** Three seconds of a guest of 32 MiB whose upper quarter holds zeros, in epochs of 20 ms. */
export function makeDirtyLog({ kind, pages, rate }: LogCase): Uint8Array {
  const guest = createWorkload({ kind, first: 64, pages, rate, seed: 1 });
  return recordWorkload(guest, { pages: 8192, zeroPages: 2048, milliseconds: 3000, periods: [20] });
}
