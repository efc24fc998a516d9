import { elementBytes, type Field, type Vmsd } from "../../describe/index.ts";
import type { Relation, Slot } from "../pair.ts";
import type { Comparison } from "./align-run.ts";
import { conditionsDiffer, sameShape } from "./differs.ts";
import { knownBytes } from "./nested-slots.ts";
import { countOf, countsAgree, isOpaqueSlot, isPadding, isStruct, knownAs, sameKey, sumBytes } from "./slots.ts";

/** One step of a gap's solution: `from` slots stand against `to` slots in the given relation. */
export interface Step {
  readonly relation: Extract<Relation, "matched" | "renamed" | "padding" | "recut" | "moved" | "one-sided">;
  readonly from: readonly Slot[];
  readonly to: readonly Slot[];
}

export type Offer = (cost: number, step: Step) => void;

export const lone = (from: readonly Slot[], to: readonly Slot[]): Step => ({ relation: "one-sided", from, to });

export const loneCost = (slot: Slot): number => (slot.conditional ? 3 : 5);

/** What two slots that stand against each other can be. `held`: one of them is declared by the other side too, which does not send it. */
export function offerPair(a: Slot, b: Slot, held: boolean, how: Comparison, offer: Offer): void {
  const [from, to] = [[a], [b]];
  if (areNamesakes(a, b, how)) {
    offer(namesakeCost(a, b, how), { relation: "matched", from, to });
    return;
  }
  if (isPadding(a) || isPadding(b)) {
    const cost = paddingCost(a, b);
    if (isPadding(a) && isPadding(b) && cost === EXACT) offer(0, { relation: "matched", from, to });
    else if (cost <= EXACT_BUT_CONDITION || !held) offer(cost, { relation: "padding", from, to });
    return;
  }
  if (held) return;
  const cost = renameCost(a, b);
  if (cost !== undefined) offer(cost, { relation: "renamed", from, to });
  if (elementBytes(a.field) !== elementBytes(b.field) && recuts(from, to)) offer(3, { relation: "recut", from, to });
}

/** One slot against several that are as many bytes. */
export function offerRun(from: readonly Slot[], to: readonly Slot[], held: boolean, offer: Offer): void {
  const single = (from.length === 1 ? from[0] : to[0]) as Slot;
  const many = from.length === 1 ? to : from;
  if (isStruct(single) || many.some((slot) => isStruct(slot) || slot.variants !== undefined) || !equalBytes(from, to)) return;
  if (isPadding(single)) offer(EXACT + many.length / 100, { relation: "padding", from, to });
  else if (!held && recuts(from, to)) offer(3, { relation: "recut", from, to });
}

export function areNamesakes(a: Slot, b: Slot, { looseNames }: Comparison): boolean {
  if (isPadding(a) || isPadding(b)) return false;
  if (sameKey(a, b, looseNames)) return true;
  // One name, but not both the same struct: what became of it is for the rules to say.
  return knownAs(a) === knownAs(b) && (isStruct(a) || isStruct(b));
}

/** A change in the field itself costs more than to drop it or to add it, and less than both. */
function namesakeCost(a: Slot, b: Slot, { looseNames, countsKnown }: Comparison): number {
  if (sameShape(a, b)) return 0;
  // Dearer than to let the conditional one of two namesakes go and keep the other.
  const condition = conditionsDiffer(a, b) ? 2.5 : 0;
  if (!sameKey(a, b, looseNames)) return 1 + condition;
  const counts = countsAgree(a, b) && !(countsKnown && (countOf(a) ?? 1) !== (countOf(b) ?? 1));
  const sizes = isStruct(a) || elementBytes(a.field) === elementBytes(b.field);
  return (counts && sizes ? 0.25 : 5.5) + condition;
}

/** Same slot, size and count; a differing condition makes the match dearer than one without. Undefined: no rename. */
function renameCost(a: Slot, b: Slot): number | undefined {
  if (a.variants !== undefined || b.variants !== undefined) return undefined;
  const condition = a.conditional === b.conditional ? 0 : 1;
  if (isStruct(a) && isStruct(b)) return countsAgree(a, b) && alike(a, b) ? 1 + condition : undefined;
  if (isStruct(a) || isStruct(b)) return undefined;
  if (isOpaqueSlot(a) && isOpaqueSlot(b)) return 1 + condition;
  if (isOpaqueSlot(a) || isOpaqueSlot(b) || elementBytes(a.field) !== elementBytes(b.field) || !countsAgree(a, b)) return undefined;
  return 1 + condition;
}

/** Structs of one description, or of the same fields under other names. */
function alike(a: Slot, b: Slot): boolean {
  return a.field.Description?.name === b.field.Description?.name || haveSameOutline(a, b);
}

/** Structs that send the same fields, whatever their names. */
export function haveSameOutline(a: Slot, b: Slot): boolean {
  const [left, right] = [a.field.Description, b.field.Description];
  return left !== undefined && right !== undefined && sameOutline(left, right);
}

function sameOutline(a: Vmsd, b: Vmsd): boolean {
  const [left, right] = [sentFields(a), sentFields(b)];
  return left.length === right.length && left.every((field, at) => sameKind(field, right[at]));
}

/** Each side sends a struct at its own version of it. */
function sentFields(vmsd: Vmsd): readonly Field[] {
  return (vmsd.Fields ?? []).filter((field) => field.field_exists === true || field.version_id <= vmsd.version_id);
}

function sameKind(a: Field, b: Field | undefined): boolean {
  if (b === undefined || a.field_exists !== b.field_exists) return false;
  if (a.num !== undefined && b.num !== undefined && a.num !== b.num) return false;
  if (a.Description === undefined || b.Description === undefined) return a.Description === b.Description && a.size === b.size;
  return sameOutline(a.Description, b.Description);
}

const EXACT = 2;
const EXACT_BUT_CONDITION = 3;

function paddingCost(a: Slot, b: Slot): number {
  const [sent, read] = [knownBytes([a]), knownBytes([b])];
  // Of a struct nobody knows whether the padding fits.
  if (sent === undefined || read === undefined) return 7;
  const condition = a.conditional === b.conditional;
  if (sent === read) return condition ? EXACT : EXACT_BUT_CONDITION;
  // Where only one of them has a condition there is hardly a state in which the bytes agree.
  return condition ? 4 : 7.5;
}

function recuts(from: readonly Slot[], to: readonly Slot[]): boolean {
  return [...from, ...to].every((slot) => !isStruct(slot) && !isOpaqueSlot(slot) && !slot.conditional) && equalBytes(from, to);
}

function equalBytes(from: readonly Slot[], to: readonly Slot[]): boolean {
  const bytes = sumBytes(from);
  return bytes !== undefined && bytes === sumBytes(to);
}
