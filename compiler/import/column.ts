import type { Field } from "../describe/index.ts";
import type { Version } from "./join.ts";
import { type Slot, slotKey } from "./slots.ts";

/** The fields of one body in one dump, or as one device sent them. */
export interface Column {
  readonly version: Version;
  readonly order: readonly Slot[];
  /** By `slotKey`. */
  readonly at: ReadonlyMap<string, Field>;
}

export function columnOf(version: Version, slots: readonly Slot[]): Column {
  const at = new Map<string, Field>();
  (version.body.Fields ?? []).forEach((field, index) => {
    const key = slotKey(slots[index] as Slot);
    const before = at.get(key);
    // Elements that are not alike are listed one by one.
    at.set(key, before === undefined ? field : { ...before, num: (before.num ?? 1) + (field.num ?? 1) });
  });
  return { version, order: slots, at };
}

export function namesOf({ body: { Fields = [] } }: Version): string[] {
  return Fields.map(({ field }) => field);
}
