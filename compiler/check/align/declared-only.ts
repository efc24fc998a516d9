import type { Frame, Layout } from "../pair.ts";
import { fieldsBelow } from "./nested-slots.ts";
import { guardedSlots, nameOf } from "./slots.ts";

/** Names that each side declares without sending them, more often than the other side does. */
export interface Declared {
  readonly from: ReadonlySet<string>;
  readonly to: ReadonlySet<string>;
}

/** A slot with another name is no rename of a field that its own side still declares, nor of one that the other side does. */
export function declaredOnly(frame: Frame): Declared {
  const names = (layout: Layout, version: number): string[] =>
    guardedSlots(layout, version).flatMap((slot) => [slot, ...fieldsBelow(slot)].map(nameOf));
  const from = names(frame.from, frame.fromVersion);
  const to = names(frame.to, frame.toVersion);
  return { from: surplus(from, to), to: surplus(to, from) };
}

function surplus(names: readonly string[], others: readonly string[]): Set<string> {
  const rest = [...others];
  return new Set(
    names.filter((name) => {
      const at = rest.indexOf(name);
      if (at >= 0) rest.splice(at, 1);
      return at < 0;
    }),
  );
}
