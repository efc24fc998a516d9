import type { Slot } from "../pair.ts";
import type { Comparison } from "./align-run.ts";
import { fieldsBelow } from "./nested-slots.ts";
import { countOf, isPadding, isStruct, keyOf, variantsOf } from "./slots.ts";

/** A slot under the name by which its namesakes on the other side are found. */
export interface Named {
  readonly key: string;
  readonly slot: Slot;
  /** Its index in the list, or that of the struct that it is in. */
  readonly at: number;
  readonly nested: boolean;
}

/** The named slots of a list in the order of the wire, with those inside structs that the other side does not have: they may have to be taken apart. */
export function namesOf(slots: readonly Slot[], others: readonly Slot[], how: Comparison): Named[] {
  const known = new Set(others.filter(isStruct).map((other) => keyOf(other, how.looseNames)));
  const named = (slot: Slot, at: number, nested: boolean): Named[] => {
    // Padding has no name of its own, so it anchors nothing: solveGap puts it where the bytes want it.
    return isPadding(slot) ? [] : [{ key: keyOf(slot, how.looseNames), slot, at, nested }];
  };
  return slots.flatMap((slot, at) => {
    const own = named(slot, at, false);
    const unknown = isStruct(slot) && !known.has(keyOf(slot, how.looseNames));
    return unknown ? [...own, ...fieldsBelow(slot).flatMap((inner) => named(inner, at, true))] : own;
  });
}

/** Alternatives that stand together on one side only are fields like any others. */
export function partAlternatives(from: readonly Slot[], to: readonly Slot[], how: Comparison): [readonly Slot[], readonly Slot[]] {
  const isParted = (slot: Slot): boolean => slot.variants !== undefined;
  if (!from.some(isParted) && !to.some(isParted)) return [from, to];
  const byKey = ({ key }: Named): string => key;
  const [left, right] = [groupBy(namesOf(from, to, how), byKey), groupBy(namesOf(to, from, how), byKey)];
  const part = (slot: Slot): readonly Slot[] => {
    const key = keyOf(slot, how.looseNames);
    return left.get(key)?.length === right.get(key)?.length ? [slot] : variantsOf(slot);
  };
  return [from.flatMap(part), to.flatMap(part)];
}

export function groupBy<T>(list: readonly T[], by: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (let at = 0; at < list.length; at++) {
    const each = list[at] as T;
    const text = by(each);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [each]);
    else group.push(each);
  }
  return groups;
}

/** What tells namesakes apart: size, and count where both files tell it. */
export function extentOf(slot: Slot, how: Comparison): string {
  if (slot.variants !== undefined)
    return slot.variants
      .map((variant) => extentOf(variant, how))
      .sort()
      .join(" or ");
  return `${isStruct(slot) ? "struct" : slot.field.size}x${how.countsKnown ? (countOf(slot) ?? 1) : ""}`;
}
