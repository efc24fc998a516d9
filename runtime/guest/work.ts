import { mix } from "./mix.ts";
import { PAGE_SIZE, PAGE_WORDS, writePage } from "./page-pattern.ts";
import { type WorkloadSpec, workloadOf } from "./workload/index.ts";

/** Pages of the main block that are written to. */
export interface WorkingSet {
  readonly first: number;
  readonly pages: number;
}

export interface WorkOptions {
  readonly workload: WorkloadSpec;
  readonly workingSet: WorkingSet;
  readonly writers: number;
  readonly seed: number;
}

/** What a writer does. */
export interface Work {
  /** Of its nth write. */
  readonly pageOf: (n: number) => number;
  /** Writes to a page of its own once more. */
  readonly write: (page: number) => void;
}

/** A writer's pages are those that are its turn, so that no two write to one page, but all to one word of the dirty bitmap. */
export function pagesOf({ workingSet: { pages }, writers }: WorkOptions, writer: number): number {
  return Math.ceil((pages - writer) / writers);
}

/** The work of a writer; undefined when there is none to do. */
export function workOn(ram: ArrayBufferLike, writer: number, options: WorkOptions): Work | undefined {
  const { workload, workingSet, writers, seed } = options;
  const { order, store } = workloadOf(workload);
  const pages = pagesOf(options, writer);
  if (order === undefined || pages < 1) return undefined;
  const pick = order(workload, pages);
  const salt = mix(seed, writer);
  const first = workingSet.first + writer;
  const pageOf = (n: number): number => first + writers * pick(n, mix(n, salt ^ (n / 2 ** 32)));
  if (store === "byte") {
    const bytes = new Uint8Array(ram);
    const write = (page: number): void => {
      bytes[page * PAGE_SIZE] = (bytes[page * PAGE_SIZE] as number) + 1;
    };
    return { pageOf, write };
  }
  const words = new Uint32Array(ram);
  const write = (page: number): void => {
    const at = page * PAGE_WORDS;
    // What the page says itself is known after a move as well.
    const sequence = (words[at] as number) + 1;
    writePage(words, at, page, sequence);
  };
  return { pageOf, write };
}

/** Counts a write to a page where the truth is kept, behind the dirty bit. */
export function countWrite(truth: Uint32Array, ram: Uint32Array, page: number): void {
  const known = truth[page] as number;
  // Of a page that was written to before the move only itself tells.
  truth[page] = known === 0 ? (ram[page * PAGE_WORDS] as number) : known + 1;
}
