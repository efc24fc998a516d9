import type { Value } from "../expr/expr.ts";
import { decided } from "../expr/fold.ts";
import type { State } from "../interpret/input.ts";
import { stateFields } from "../kinds/vmsd-fields.ts";
import type { Random } from "../oracle/random.ts";
import type { Section } from "./section.ts";

/** Numbers, flags and bytes in a state: what it costs to look at it, whether or not the wire carries them. */
export function countLeaves(value: Value): number {
  if (typeof value !== "object") return 1;
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value) && typeof value[0] !== "object") return value.length;
  return Object.values(value).reduce<number>((sum, inner) => sum + countLeaves(inner), 0);
}

/** The state with one leaf changed of what the wire may carry; all else is shared. Undefined for a way that ends at no leaf. */
export function withLeafChanged({ vmsd }: Section, state: State, random: Random): State | undefined {
  const keys = stateFields(vmsd).flatMap(({ key, exists }) => (decided(exists) === false ? [] : [key]));
  return keys.length === 0 ? undefined : (changedAt(state, random.pick(keys), random) as State | undefined);
}

function changedAt(holder: Value, key: string, random: Random): Value {
  const value = changed((holder as State)[key], random);
  if (value === undefined) return undefined;
  return Array.isArray(holder) ? holder.with(Number(key), value) : { ...(holder as State), [key]: value };
}

function changed(value: Value, random: Random): Value {
  if (value instanceof Uint8Array) {
    const at = random.below(value.length);
    return value.length === 0 ? undefined : value.map((byte, index) => (index === at ? byte ^ (1 + random.below(255)) : byte));
  }
  if (typeof value === "object") {
    const keys = Object.keys(value);
    return keys.length === 0 ? undefined : changedAt(value, random.pick(keys), random);
  }
  if (typeof value === "boolean") return !value;
  if (typeof value === "bigint") return value === 1n ? 0n : 1n;
  return typeof value === "number" ? (value === 1 ? 2 : 1) : undefined;
}
