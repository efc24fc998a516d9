import type { Field } from "../describe/index.ts";
import type { Column } from "./column.ts";
import type { Family } from "./family.ts";
import { type Slot, slotKey } from "./slots.ts";

/** The newer place of a field by its older one. */
export type Renames = ReadonlyMap<string, Slot>;

/**
 * Fields that a newer build calls otherwise: between the same neighbours, of the same size, from the same version on, one for the other from
 * the first of them on. Bytes do not move by it, whatever the two names mean. `dumps` are given newest first.
 */
export function findRenames(dumps: readonly Column[], innerAt: (slot: Slot) => Family | undefined): Renames {
  const renames = new Map<string, Slot>();
  let [newer] = dumps;
  for (const older of dumps.slice(1)) {
    if (newer === undefined) break;
    for (const [gone, come] of gaps(older, newer))
      for (const [at, slot] of gone.entries()) {
        const next = come[at];
        if (
          next === undefined ||
          isPadding(slot) ||
          isPadding(next) ||
          !isAlike(fieldAt(older, slot), fieldAt(newer, next), innerAt(slot), innerAt(next))
        )
          break;
        renames.set(slotKey(slot), next);
      }
    newer = renamed(older, renames);
  }
  return renames;
}

/** The same for what a device sent, where a name of it is in no dump. */
export function findSentRenames(
  newest: Column | undefined,
  sent: readonly Column[],
  known: Renames,
  innerAt: (slot: Slot) => Family | undefined,
): Renames {
  const renames = new Map(known);
  for (const column of sent) {
    if (newest === undefined || column.order.every((slot) => newest.at.has(slotKey(slot)) || renames.has(slotKey(slot)))) continue;
    // A field with a condition may as well not have been sent.
    for (const [key, slot] of findRenames([newest, renamed(column, renames)], innerAt))
      if (fieldAt(newest, slot).field_exists !== true) renames.set(key, slot);
  }
  return renames;
}

/** What is padding in one build is another thing than the field that it takes the place of. */
function isPadding({ name }: Slot): boolean {
  return name === "unused";
}

/** The column with newer names. */
export function renamed(column: Column, renames: Renames): Column {
  const name = (key: string): string => {
    const slot = renames.get(key);
    return slot === undefined ? key : slotKey(slot);
  };
  return {
    ...column,
    order: column.order.map((slot) => renames.get(slotKey(slot)) ?? slot),
    at: new Map([...column.at].map(([key, field]) => [name(key), field])),
  };
}

/** What only one of two has, between neighbours that both have. */
function gaps(older: Column, newer: Column): (readonly [readonly Slot[], readonly Slot[]])[] {
  const found: [Slot[], Slot[]][] = [];
  let from = 0;
  let gone: Slot[] = [];
  for (const slot of [...older.order, undefined]) {
    const at = slot === undefined ? newer.order.length : newer.order.findIndex((each) => slotKey(each) === slotKey(slot));
    if (slot !== undefined && at < 0) gone.push(slot);
    else {
      const between = newer.order.slice(from, Math.max(from, at));
      found.push([gone, between.filter((each) => !older.at.has(slotKey(each)))]);
      gone = [];
      from = at + 1;
    }
  }
  return found.filter(([a, b]) => a.length > 0 && b.length > 0);
}

function fieldAt({ at }: Column, slot: Slot): Field {
  return at.get(slotKey(slot)) as Field;
}

function isAlike(older: Field, newer: Field, olderInner: Family | undefined, newerInner: Family | undefined): boolean {
  if (olderInner !== newerInner) return false;
  const isSized = olderInner !== undefined || older.size === newer.size;
  const isCounted = older.num === undefined || newer.num === undefined || older.num === newer.num;
  return isSized && isCounted && (newer.field_exists === true || older.version_id === newer.version_id);
}
