import type { CapturedBlock } from "./devices-of-stream.ts";
import { type Fill, PAGE_SIZE } from "./page-pattern.ts";
import type { WorkingSet } from "./work.ts";
import type { WorkloadSpec } from "./workload/index.ts";

/** What guests of our own have in common. Of a guest at the destination it is the same as at the source, but for `incoming`. */
export interface RamOptions {
  /** As a capture gives them. The contents of the main block are not taken: it begins as `initial` says. */
  readonly ram: readonly CapturedBlock[];
  /** The block that is written to, whose first page is the guest's own: `pc.ram`, or where there is none the largest, unless said otherwise. */
  readonly main?: string;
  readonly workload: WorkloadSpec;
  /** All of the main block but its first page unless said otherwise. */
  readonly workingSet?: WorkingSet;
  /** Page writes a second of the whole guest; as many as it can unless said otherwise. */
  readonly rate?: number;
  /** 1 unless said otherwise. */
  readonly seed?: number;
  /** What the main block holds where nobody wrote to it yet: zeros, unless said otherwise. */
  readonly initial?: "zero" | "random";
  /** RAM is left as it is, all zero: a move fills it. */
  readonly incoming?: boolean;
  /** How long the dirty log takes to end, and whether the guest stands still meanwhile, as it did with KVM. */
  readonly stopDirtyLogCost?: { readonly ms: number; readonly stalls: boolean };
}

export function mainBlock({ ram, main }: RamOptions): number {
  const named = ram.findIndex(({ id }) => id === (main ?? "pc.ram"));
  if (named >= 0) return named;
  const [largest] = [...ram.keys()].sort((a, b) => (ram[b] as CapturedBlock).size - (ram[a] as CapturedBlock).size);
  if (main !== undefined || largest === undefined) throw new RangeError(`The guest has no block '${main ?? "pc.ram"}'.`);
  return largest;
}

export function workingSetOf({ workingSet }: RamOptions, size: number): WorkingSet {
  const pages = size / PAGE_SIZE;
  const { first, pages: worked } = workingSet ?? { first: 1, pages: pages - 1 };
  if (first < 1 || worked < 0 || first + worked > pages)
    throw new RangeError(`A working set of ${worked} pages from ${first} on: the block has ${pages}, and the first is the guest's own.`);
  return { first, pages: worked };
}

export function fillOf({ initial = "zero", seed = 1 }: RamOptions): Fill {
  return initial === "zero" ? { with: "zero" } : { with: "random", seed };
}

/** Blocks in other sizes, by their names; one that changes loses its contents. */
export function resizedBlocks(blocks: readonly CapturedBlock[], sizes: Readonly<Record<string, number>>): readonly CapturedBlock[] {
  return blocks.map((block) => {
    const size = sizes[block.id] ?? block.size;
    return size === block.size ? block : { id: block.id, size };
  });
}
