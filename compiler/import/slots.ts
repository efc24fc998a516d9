/** A field's place in its body: its name, and which of the fields of that name it is. */
export interface Slot {
  readonly name: string;
  readonly nth: number;
}

export function slotKey({ name, nth }: Slot): string {
  return `${name}#${nth}`;
}

/** The places of fields in the order of their declaration. */
export function slotsOf(names: readonly string[]): Slot[] {
  const met = new Map<string, number>();
  return names.map((name) => {
    const nth = met.get(name) ?? 0;
    met.set(name, nth + 1);
    return { name, nth };
  });
}

/**
 * The places of what a stream's description lists. It numbers fields that share a name (`config[1]`), by the declared list and not by what was
 * sent; and it lists the elements of an array one by one when they are not alike, which here stand for one place. Without a declared list a
 * name is what it is: `env.cr[0]` may be a name of its own.
 */
export function sentSlots(names: readonly string[], declared: readonly Slot[]): Slot[] {
  const known = new Set(declared.map(slotKey));
  return names.map((name) => {
    const whole = { name, nth: 0 };
    if (known.has(slotKey(whole))) return whole;
    const [, base = "", number = ""] = /^(.*)\[(\d+)\]$/.exec(name) ?? [];
    const numbered = { name: base, nth: Number(number) };
    return base !== "" && known.has(slotKey(numbered)) ? numbered : whole;
  });
}

/** The order with what only `other` has put behind what it follows there. */
export function mergeOrder(order: readonly Slot[], other: readonly Slot[]): Slot[] {
  const merged = [...order];
  let at = -1;
  for (const slot of other) {
    const found = merged.findIndex((each) => slotKey(each) === slotKey(slot));
    if (found >= 0) at = found;
    else merged.splice(++at, 0, slot);
  }
  return merged;
}
