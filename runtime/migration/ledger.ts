import type { Clock } from "./clock.ts";
import type { Role } from "./migration-error.ts";
import type { SentSpan } from "./protocol.ts";

/** A span of the pause: who did what, and for which device. In ms by one clock. */
export interface Span {
  readonly actor: Role | "wire";
  readonly phase: string;
  readonly device?: string;
  readonly from: number;
  readonly to: number;
}

/** Notes what one side does with its time, without a gap from its first phase to its last. */
export class Ledger {
  readonly spans: SentSpan[] = [];
  readonly #clock: Clock;
  #open: { readonly phase: string; readonly device?: string; readonly from: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Ends what went before and begins this; gives when. */
  enter(phase: string, device?: string): number {
    const now = this.#clock.now();
    this.#close(now);
    this.#open = { phase, ...(device === undefined ? {} : { device }), from: now };
    return now;
  }

  leave(): number {
    const now = this.#clock.now();
    this.#close(now);
    return now;
  }

  #close(to: number): void {
    if (this.#open !== undefined) this.spans.push({ ...this.#open, to });
    this.#open = undefined;
  }
}

/** The phase of a source that has nothing to do but wait for the destination. */
export const WAITING = "wait";

/**
 * The whole pause in one row of spans, none of which overlaps another, from the source's first to the moment in which the guest runs again:
 * what the destination did stands where the source waited, and what is left of that was the wire's. Both clocks must be the same.
 */
export function wholePause(source: readonly SentSpan[], destination: readonly SentSpan[], end: number): readonly Span[] {
  const spans: Span[] = [];
  const others = destination.toSorted((a, b) => a.from - b.from);
  for (const span of source) {
    const to = Math.min(span.to, end);
    if (span.phase !== WAITING) {
      if (span.from < to) spans.push({ actor: "source", ...span, to });
      continue;
    }
    let at = span.from;
    for (const other of others) {
      const [from, until] = [Math.max(at, other.from), Math.min(to, other.to)];
      if (until <= from) continue;
      if (from > at) spans.push({ actor: "wire", phase: "wire", from: at, to: from });
      spans.push({ actor: "destination", ...other, from, to: until });
      at = until;
    }
    if (to > at) spans.push({ actor: "wire", phase: "wire", from: at, to });
  }
  return spans;
}

/** How long the guest stood still. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}
