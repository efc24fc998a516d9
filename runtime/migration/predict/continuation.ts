import type { SpanLog } from "./spans.ts";

/** Epochs that are compared with the log's last; they are spread over a quarter of it. */
const CONTEXT = 32;
/** Of the best. */
const ALIKE = 0.9;

/**
 * Epochs with which it may go on where the log ends: those before which the guest did what it did at the end. So a guest that goes through
 * its memory goes on where it was, and one that rests rests on.
 */
export function continuationsOf(log: SpanLog): readonly number[] {
  const { epochs } = log;
  const quarter = Math.floor(epochs.length / 4);
  if (quarter === 0) return [0];
  const stride = Math.ceil(quarter / CONTEXT);
  const backs = Array.from({ length: Math.floor(quarter / stride) }, (_, at) => at * stride);
  // Behind it there must be something left to go on with.
  const last = Math.max(quarter, Math.ceil(epochs.length * 0.75) - 1);
  const overlaps = overlapsOf(log, backs);
  const sizes = epochs.map(({ runs }) => sizeOf(log, runs));
  const scores: number[] = [];
  for (let epoch = quarter; epoch <= last; epoch++) {
    let score = 0;
    for (const [index, back] of backs.entries()) {
      const both = (sizes[epoch - back] as number) + (sizes[epochs.length - 1 - back] as number);
      score += both === 0 ? 1 : (2 * (overlaps[(epoch - back) * CONTEXT + index] as number)) / both;
    }
    scores.push(score);
  }
  const best = scores.reduce((a, b) => Math.max(a, b), 0);
  return best === 0 ? [0] : scores.flatMap((score, at) => (score >= best * ALIKE ? [quarter + at + 1] : []));
}

/** Pages that each epoch has in common with those that many epochs before the last. */
function overlapsOf({ epochs, pages, count }: SpanLog, backs: readonly number[]): Float64Array {
  const among = new Int32Array(count);
  for (const [index, back] of backs.entries()) {
    const { runs } = epochs[epochs.length - 1 - back] as SpanLog["epochs"][number];
    for (let at = 0; at < runs.length; at += 2)
      for (let span = runs[at] as number; span < (runs[at + 1] as number); span++) among[span] = (among[span] as number) | (1 << index);
  }
  const overlaps = new Float64Array(epochs.length * CONTEXT);
  for (const [epoch, { runs }] of epochs.entries())
    for (let at = 0; at < runs.length; at += 2)
      for (let span = runs[at] as number; span < (runs[at + 1] as number); span++)
        for (let bits = among[span] as number; bits !== 0; bits &= bits - 1) {
          const index = epoch * CONTEXT + (31 - Math.clz32(bits & -bits));
          overlaps[index] = (overlaps[index] as number) + (pages[span] as number);
        }
  return overlaps;
}

function sizeOf({ pages }: SpanLog, runs: Uint32Array): number {
  let size = 0;
  for (let at = 0; at < runs.length; at += 2)
    for (let span = runs[at] as number; span < (runs[at + 1] as number); span++) size += pages[span] as number;
  return size;
}
