import { median } from "../measure.ts";
import type { Prepared } from "./case.ts";

/** Of one process. */
export interface Timing {
  readonly ns: number;
  readonly heap: number;
}

export type Work = "encode" | "decode" | "decodeInto";
export const WORKS: readonly Work[] = ["encode", "decode", "decodeInto"];
export type Works = Partial<Record<Work, Timing>>;

const WARM_MS = 500;
const SAMPLES = 60;
const SAMPLE_MS = 3;
const HEAP_CHUNKS = 101;
const HEAP_CALLS = 40;

export function timeWorks(prepared: Pick<Prepared, Work>, pool: number): Works {
  const works: Works = {};
  for (const name of WORKS) {
    const work = prepared[name];
    if (work !== undefined) works[name] = time(loopOver(work, pool));
  }
  return works;
}

/** A loop of its own for each work, so that none is called through a place that has seen another. */
function loopOver(work: (index: number) => unknown, pool: number): (count: number) => void {
  // The last result is kept where it can be seen, or the work could be left out.
  const body = "let at = 0; return (count) => { for (let n = 0; n < count; n++) { kept.last = work(at); if (++at === pool) at = 0; } };";
  return new Function("work", "pool", "kept", body)(work, pool, { last: undefined }) as (count: number) => void;
}

function time(run: (count: number) => void): Timing {
  const start = performance.now();
  while (performance.now() - start < WARM_MS) run(100);
  const before = performance.now();
  run(1000);
  const count = Math.max(100, Math.ceil((SAMPLE_MS * 1000) / (performance.now() - before)));
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    const from = performance.now();
    run(count);
    samples.push(((performance.now() - from) * 1e6) / count);
  }
  return { ns: firstQuartile(samples), heap: heapPerCall(run) };
}

/** A sample is long only because something else had the core, or memory, for a while; the collector's own work is in nearly every one. */
function firstQuartile(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[samples.length >> 2] ?? Number.NaN;
}

/** Bytes of heap a call. A chunk in which the collector ran has less afterwards, and is dropped. Memory outside the heap is not seen. */
function heapPerCall(run: (count: number) => void): number {
  const [idle, busy]: [number[], number[]] = [[], []];
  for (let chunk = 0; chunk < HEAP_CHUNKS; chunk++) {
    for (const [calls, into] of [[0, idle] as const, [HEAP_CALLS, busy] as const]) {
      const before = process.memoryUsage().heapUsed;
      run(calls);
      into.push(process.memoryUsage().heapUsed - before);
    }
  }
  return Math.max(0, (median(busy.filter((bytes) => bytes >= 0)) - median(idle)) / HEAP_CALLS);
}
