import type { Outcome } from "./compare-contents.ts";

/** State saved by one build of a group and loaded by another. */
export interface Pairing {
  readonly from: string;
  readonly to: string;
  /** Positive when `to` comes later in the order of builds. */
  readonly distance: number;
  readonly outcome: Outcome;
}

/** The pairing of the builds at two places of the order. */
export type Lookup = (from: number, to: number) => Pairing;

export function loads(pairing: Pairing): boolean {
  return pairing.outcome.verdict !== "incompatible";
}
