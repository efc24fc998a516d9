import type { Slot } from "../pair.ts";
import type { Comparison } from "./align-run.ts";
import { isPadding, knownAs, looseName, variantsOf } from "./slots.ts";

/**
 * Slots whose name the other side declares to be a former one of its own (`formerly`) are given that side's name for them, so that the two
 * are namesakes in all that follows. What their bytes are is judged as of any namesakes. Plain dumps declare nothing.
 */
export function withDeclaredNames(from: readonly Slot[], to: readonly Slot[], how: Comparison): [readonly Slot[], readonly Slot[]] {
  return how.plain ? [from, to] : [renamed(from, to, how), renamed(to, from, how)];
}

export function isDeclaredRename(a: Slot, b: Slot): boolean {
  return a.alias !== undefined || b.alias !== undefined;
}

function renamed(slots: readonly Slot[], others: readonly Slot[], { looseNames }: Comparison): readonly Slot[] {
  const nameIn = (slot: Slot): string => looseName(knownAs(slot), looseNames);
  const renames = renamesBetween(namesIn(slots, nameIn), namesIn(others, nameIn));
  if (renames.size === 0) return slots;
  const named = (slot: Slot): Slot => {
    const alias = isPadding(slot) ? undefined : renames.get(nameIn(slot));
    if (alias === undefined) return slot;
    return { ...slot, alias, ...(slot.variants === undefined ? {} : { variants: slot.variants.map(named) }) };
  };
  return slots.map(named);
}

/** Names of one side, each with those that it had before. */
type Names = ReadonlyMap<string, ReadonlySet<string>>;

function namesIn(slots: readonly Slot[], nameIn: (slot: Slot) => string): Names {
  const fields = slots.filter((slot) => !isPadding(slot));
  return new Map(fields.map((slot) => [nameIn(slot), new Set(variantsOf(slot).flatMap(({ field }) => field.formerly ?? []))]));
}

/** From the name that `own` has to the one that `others` has for it now. */
function renamesBetween(own: Names, others: Names): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  const dropped = new Set<string>();
  others.forEach((formerly, now) => {
    for (const before of formerly) {
      // What both sides declare was before both of them.
      if (before === now || !own.has(before) || own.get(now)?.has(before) === true) continue;
      // Two that claim one name: neither is believed.
      if (renames.has(before)) dropped.add(before);
      renames.set(before, now);
    }
  });
  // A name that the other side has still, or that this side has already, is that field's own, unless that one was renamed as well: names may
  // be swapped or handed on. Each rename that falls may take others with it.
  for (;;) {
    for (const before of dropped) renames.delete(before);
    dropped.clear();
    const targets = [...renames.values()];
    renames.forEach((now, before) => {
      const isTaken = (others.has(before) && !targets.includes(before)) || (own.has(now) && !renames.has(now));
      if (isTaken) dropped.add(before);
    });
    if (dropped.size === 0) return renames;
  }
}
