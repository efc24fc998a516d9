import type { Place } from "../ir.ts";

/** How metadata and a declaration contradict each other; nothing is changed for it. */
export const CONTRADICTIONS = {
  "field-not-in-metadata": "a declared field that the metadata does not have",
  "subsection-not-in-metadata": "a declared subsection that the metadata does not have",
  "field-order": "declared fields in another order than on the wire",
  "other-name": "an older name of a field than the newest build has",
  "other-kind": "another kind than streams have",
  "other-size": "another number of bytes",
  "other-count": "another number of elements",
  "other-since": "another first version of a field",
  "other-condition": "a condition where the metadata has none, or the other way round",
  "other-minimum-version": "another oldest version that is accepted",
  "not-literal": "something that would have to be changed and is not written in place",
} as const;

export type Contradiction = keyof typeof CONTRADICTIONS;

export interface Finding {
  readonly code: Contradiction;
  /** `e1000/mac_reg`. */
  readonly path: string;
  readonly sentence: string;
  readonly at: Place;
}
