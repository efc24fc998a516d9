import type { BodyIr, FieldIr } from "../ir.ts";
import { isInState } from "../kinds/index.ts";
import type { BodyFacts, FieldFacts } from "./facts.ts";
import { slotKey } from "./slots.ts";

/** Fields of a declared body by the place in the metadata that each stands for. */
export type Alignment = ReadonlyMap<string, FieldIr>;

/** QEMU's macro gives all padding this name, whatever the key is here. */
const PADDING = "unused";

/**
 * Finds the declared field for each of the metadata: by name, or by an earlier name. Where a name has several fields, and not as many on both
 * sides, those belong together that are most alike, in order.
 */
export function alignFields(facts: BodyFacts, declared: BodyIr): Alignment {
  const aligned = new Map<string, FieldIr>();
  const left = declared.fields.filter(isOnWire);
  const names = new Set(facts.fields.map(({ slot }) => slot.name));
  const pair = (wanted: readonly FieldFacts[], isNamed: (field: FieldIr) => boolean): void => {
    const free = left.filter((field) => isNamed(field) && ![...aligned.values()].includes(field));
    for (const [each, field] of pairs(wanted, free)) aligned.set(slotKey(each.slot), field);
  };
  const missing = (name: string): FieldFacts[] => facts.fields.filter(({ slot }) => slot.name === name && !aligned.has(slotKey(slot)));
  for (const name of names) pair(missing(name), (field) => field.name === name);
  pair(missing(PADDING), ({ kind }) => !isInState(kind));
  for (const name of names) pair(missing(name), ({ formerly = [] }) => formerly.includes(name));
  for (const { slot, formerly: earlier } of facts.fields)
    for (const name of earlier)
      pair(
        missing(slot.name).filter((each) => each.slot === slot),
        (field) => field.name === name,
      );
  // A description numbers fields that share a name, which is all that is known of those that no dump has.
  for (const name of names) {
    const number = /^(.*)\[(\d+)\]$/.exec(name);
    if (number === null || facts.dumps.length > 0) continue;
    const named = left.filter((field) => field.name === number[1]);
    const field = named[Number(number[2])];
    if (missing(name).length > 0 && field !== undefined) pair(missing(name), (each) => each === field);
  }
  return aligned;
}

export function isOnWire({ kind }: FieldIr): boolean {
  return kind.kind !== "sent" && kind.kind !== "marker";
}

/** The pairs, in order on both sides, that are most alike in all; as many as there can be. */
function pairs(wanted: readonly FieldFacts[], free: readonly FieldIr[]): (readonly [FieldFacts, FieldIr])[] {
  if (wanted.length === 0 || free.length === 0) return [];
  if (wanted.length === free.length) return wanted.map((each, at) => [each, free[at] as FieldIr]);
  const [longer, shorter] = [Math.max(wanted.length, free.length), Math.min(wanted.length, free.length)];
  let best: { score: number; list: (readonly [FieldFacts, FieldIr])[] } = { score: -1, list: [] };
  // Few fields share a name, so that every way to leave some out is looked at; past some number the first ones belong together.
  for (const chosen of choices(longer, shorter)) {
    const list = chosen.map((at, index) =>
      wanted.length > free.length
        ? ([wanted[at] as FieldFacts, free[index] as FieldIr] as const)
        : ([wanted[index] as FieldFacts, free[at] as FieldIr] as const),
    );
    const score = list.reduce((sum, [each, field]) => sum + likeness(each, field), 0);
    if (score > best.score) best = { score, list };
  }
  return best.list;
}

const MOST_CHOICES = 5000;

/** Increasing choices of `size` numbers below `of`. */
function choices(of: number, size: number): number[][] {
  let all: number[][] = [[]];
  for (let n = 0; n < size; n++)
    all = all
      .flatMap((each) => Array.from({ length: of - (each.at(-1) ?? -1) - 1 }, (_, step) => [...each, (each.at(-1) ?? -1) + 1 + step]))
      .slice(0, MOST_CHOICES);
  return all;
}

function likeness({ presence, dumped, seen, since }: FieldFacts, field: FieldIr): number {
  const size = seen[0]?.size ?? dumped?.size;
  const isSized =
    "size" in field.kind && (field.kind.size === size || (typeof field.kind.size === "object" && literal(field.kind.size) === size));
  return ((presence === "always") === (field.exists === undefined) ? 2 : 0) + (isSized ? 1 : 0) + (since === field.since ? 1 : 0);
}

function literal(expr: { readonly op: string; readonly value?: unknown }): unknown {
  return expr.op === "literal" ? expr.value : undefined;
}
