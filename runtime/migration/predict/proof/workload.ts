import { createRandom } from "../random.ts";

export const KINDS = ["idle", "sweep", "zipf", "hot-and-cold", "bursts", "byte-a-page", "uniform"] as const;
export type Kind = (typeof KINDS)[number];

export interface WorkloadOptions {
  readonly kind: Kind;
  /** Pages that are written to. */
  readonly first: number;
  readonly pages: number;
  /** Writes a second. */
  readonly rate: number;
  readonly seed: number;
}

/** A guest whose every write is known. Each call goes on where the one before ended. */
export interface Workload {
  /** Pages that were ever written to. */
  readonly written: ReadonlySet<number>;
  readonly run: (milliseconds: number, write: (page: number) => void) => void;
}

export function createWorkload({ kind, first, pages, rate, seed }: WorkloadOptions): Workload {
  const random = createRandom(seed);
  const choose = chooser(kind, pages, random);
  let [time, next] = [0, 0];
  const [on, off] = [150 + random() * 400, 150 + random() * 600];
  const written = new Set<number>();
  return {
    written,
    run: (milliseconds, write) => {
      const until = time + milliseconds;
      for (; next < until; next += 1000 / rate) {
        // Bursts are as fast as the rate says, and then nothing happens for a while.
        if (kind === "bursts" && next % (on + off) > on) continue;
        const page = first + choose();
        written.add(page);
        write(page);
      }
      time = until;
    },
  };
}

function chooser(kind: Kind, pages: number, random: () => number): () => number {
  let at = -1;
  if (kind === "sweep" || kind === "byte-a-page") {
    return () => {
      at = (at + 1) % pages;
      return at;
    };
  }
  if (kind === "hot-and-cold") return () => Math.floor(random() < 0.9 ? random() * pages * 0.1 : random() * pages);
  if (kind === "zipf") {
    const exponent = 0.8 + random() * 0.4;
    const sums = new Float64Array(pages);
    let sum = 0;
    for (let rank = 0; rank < pages; rank++) {
      sum += (rank + 1) ** -exponent;
      sums[rank] = sum;
    }
    return () => {
      const aim = random() * sum;
      let [low, high] = [0, pages - 1];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((sums[middle] as number) < aim) low = middle + 1;
        else high = middle;
      }
      // Popular pages lie scattered.
      return (low * 7919) % pages;
    };
  }
  return () => Math.floor(random() * pages);
}
