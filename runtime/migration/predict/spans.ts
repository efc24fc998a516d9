import type { DirtyLog, Runs } from "../dirty-log/format.ts";

/** A span has at most this share of all pages: a move goes from span to span, and so does what is reckoned of it. */
const MOST_SHARE = 4096;

/** A zero page in the stream: its offset, and one byte. */
const ZERO_BYTES = 9;
/** What goes before the bytes of any other. */
const HEAD_BYTES = 8;

export interface SpanEpoch {
  readonly milliseconds: number;
  /** Spans that were written to: the first of each run of them and the one behind its last. */
  readonly runs: Uint32Array;
}

/**
 * A log in spans of pages that become dirty together throughout: whole workings sets where a guest goes through its memory in order, single
 * pages where it does not. All pages are in one, also those that were never written to.
 */
export interface SpanLog {
  readonly count: number;
  readonly pageSize: number;
  readonly pages: Uint32Array;
  /** Bytes of the stream that its pages take. */
  readonly bytes: Float64Array;
  /** 1 where it is written to anywhere in the log. */
  readonly touched: Uint8Array;
  readonly epochs: readonly SpanEpoch[];
  readonly milliseconds: number;
}

export function spansOf(log: DirtyLog, zeroPages: number | undefined): SpanLog {
  // What takes no time says nothing of time.
  const kept = log.epochs.filter(({ milliseconds }) => milliseconds > 0);
  const zero = zeroPages === undefined ? log.zero : undefined;
  const edges = edgesOf(log.pages, zero === undefined ? kept.map(({ runs }) => runs) : [zero, ...kept.map(({ runs }) => runs)]);
  const count = edges.length - 1;
  const pages = new Uint32Array(count).map((_, at) => (edges[at + 1] as number) - (edges[at] as number));
  const inSpans = (runs: Runs): Uint32Array => {
    let span = 0;
    // Edges ascend, in a run's as in the spans'.
    return runs.map((edge) => {
      if (edges[span] !== edge) span = search(edges, edge, span);
      return span;
    });
  };
  const epochs = kept.map(({ milliseconds, runs }) => ({ milliseconds, runs: inSpans(runs) }));
  const touched = new Uint8Array(count);
  for (const { runs } of epochs) for (let at = 0; at < runs.length; at += 2) touched.fill(1, runs[at], runs[at + 1]);
  const isZero = new Uint8Array(count);
  if (zero !== undefined) {
    const runs = inSpans(zero);
    for (let at = 0; at < runs.length; at += 2) isZero.fill(1, runs[at], runs[at + 1]);
  }
  const full = HEAD_BYTES + log.pageSize;
  const untouched = log.pages - pages.reduce((sum, own, at) => sum + own * (touched[at] as number), 0);
  const share = zeroPages === undefined || untouched === 0 ? 0 : Math.min(1, zeroPages / untouched);
  const unwritten = ZERO_BYTES * share + full * (1 - share);
  // A page that was written to holds something from then on.
  const bytes = Float64Array.from(pages, (own, at) => {
    if (touched[at] === 1) return own * full;
    return own * (isZero[at] === 1 ? ZERO_BYTES : unwritten);
  });
  const milliseconds = epochs.reduce((sum, epoch) => sum + epoch.milliseconds, 0);
  return { count, pageSize: log.pageSize, pages, bytes, touched, epochs, milliseconds };
}

function edgesOf(pages: number, all: readonly Runs[]): Uint32Array {
  const step = Math.max(1, Math.ceil(pages / MOST_SHARE));
  const regular = Math.ceil(pages / step) + 1;
  const edges = new Uint32Array(all.reduce((sum, { length }) => sum + length, regular));
  for (let at = 0; at < regular; at++) edges[at] = Math.min(pages, at * step);
  let at = regular;
  for (const runs of all) {
    edges.set(runs, at);
    at += runs.length;
  }
  edges.sort();
  let kept = 0;
  for (const edge of edges) if (kept === 0 || edges[kept - 1] !== edge) edges[kept++] = edge;
  return edges.slice(0, kept);
}

/** The place of an edge that is there, at `from` or behind it. */
function search(edges: Uint32Array, edge: number, from: number): number {
  let [low, high] = [from, edges.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((edges[middle] as number) < edge) low = middle + 1;
    else high = middle;
  }
  return low;
}
