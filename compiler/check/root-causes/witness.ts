import { leastBytes } from "../align/slots.ts";
import type { Judgement } from "../judge.ts";
import type { Slot } from "../pair.ts";
import type { Witness, WitnessField } from "../report.ts";

/** The point where the two sides' bytes part; only fields have one, and only breaks are worth it. */
export function witnessOf({ pair, direction, level }: Judgement): Witness | undefined {
  if (pair.on !== "field" || level === "info") return undefined;
  const source = pair.from.length > 0 ? pair.from : present(pair.next.from);
  const destination = pair.to.length > 0 ? pair.to : present(pair.next.to);
  return {
    direction,
    offset: pair.offset.bytes,
    exact: pair.offset.exact,
    source: source.map(toField),
    destination: destination.map(toField),
  };
}

function present(slot: Slot | undefined): readonly Slot[] {
  return slot === undefined ? [] : [slot];
}

function toField(slot: Slot): WitnessField {
  return { path: slot.label, size: leastBytes(slot) ?? null };
}
