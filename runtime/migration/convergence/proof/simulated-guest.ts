import type { Slowing } from "../policy.ts";

export type Distribution = "uniform" | "sweep" | "zipf";

export interface SimulatedGuestOptions {
  readonly distribution: Distribution;
  /** Pages that it writes to; a power of two. The rest of its memory is never written to. */
  readonly workingSet: number;
  /** Page writes a second when nothing slows it. */
  readonly rate: number;
  readonly seed: number;
}

/** Four writers whose every write is a unit of work, in steps of a millisecond. */
export interface SimulatedGuest {
  /** Pages that became dirty since they were last taken. */
  readonly dirty: Uint8Array;
  readonly work: number;
  readonly step: (slowing: Slowing) => void;
}

const WRITERS = 4;
const STEPS_A_SECOND = 1000;
/** What writers may make dirty at once after a wait, in steps. */
const BURST = 10;

export function simulatedGuest({ distribution, workingSet, rate, seed }: SimulatedGuestOptions): SimulatedGuest {
  const dirty = new Uint8Array(workingSet);
  const pages = Array.from({ length: WRITERS }, (_, nth) => PAGES[distribution](workingSet, seed * WRITERS + nth));
  const next = pages.map((page) => page());
  const owed = new Float64Array(WRITERS);
  let work = 0;
  let time = 0;
  let tokens = 0;

  function write(writer: number): boolean {
    const page = next[writer] ?? 0;
    if (dirty[page] === 0) {
      if (tokens < 1) return false;
      tokens -= 1;
      dirty[page] = 1;
    }
    work += 1;
    next[writer] = pages[writer]?.() ?? 0;
    return true;
  }

  function step(slowing: Slowing): void {
    tokens = tokensOf(slowing, tokens);
    const share = shareOf(slowing, time);
    time += 1;
    for (let writer = 0; writer < WRITERS; writer += 1) {
      const writes = (owed[writer] ?? 0) + (rate * share) / WRITERS / STEPS_A_SECOND;
      owed[writer] = writes % 1;
      // A writer that has to wait does not make up for it later.
      for (let left = Math.floor(writes); left > 0 && write(writer); left -= 1);
    }
  }

  return {
    dirty,
    step,
    get work() {
      return work;
    },
  };
}

/** The share of their time that writers have in this step. */
function shareOf(slowing: Slowing, time: number): number {
  if (slowing.by === "throttle") return 1 - slowing.percent / 100;
  if (slowing.by === "sleeps") return time % slowing.every < slowing.ms ? 0 : 1;
  return 1;
}

function tokensOf(slowing: Slowing, left: number): number {
  if (slowing.by !== "writers") return Number.POSITIVE_INFINITY;
  const more = slowing.pagesPerSecond / STEPS_A_SECOND;
  return Math.min((left === Number.POSITIVE_INFINITY ? 0 : left) + more, Math.max(1, BURST * more));
}

const PAGES: Readonly<Record<Distribution, (workingSet: number, seed: number) => () => number>> = {
  uniform: (workingSet, seed) => {
    const random = randomOf(seed);
    return () => random() & (workingSet - 1);
  },
  // All writers go round the same pages, each from a place of its own.
  sweep: (workingSet, seed) => {
    let page = (seed % WRITERS) * (workingSet / WRITERS);
    return () => {
      page = (page + 1) & (workingSet - 1);
      return page;
    };
  },
  zipf: (workingSet, seed) => {
    const random = randomOf(seed);
    // A page of rank r is written to 1/r as often as the first; ranks are scattered over the memory.
    const ranks = Uint32Array.from({ length: 1 << 16 }, (_, nth) => Math.floor(workingSet ** ((nth + 0.5) / (1 << 16))));
    return () => ((ranks[random() & 0xffff] ?? 0) * 0x9e3779b1) & (workingSet - 1);
  },
};

/** Xorshift of 32 bits. */
function randomOf(seed: number): () => number {
  let state = (Math.imul(seed + 1, 0x9e3779b1) | 1) >>> 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 8) ^ state;
  };
}
