import type { Value } from "../expr/expr.ts";
import type { Random } from "./random.ts";

type State = { [key: string]: Value };
type Holder = { [key: string | number]: Value };

/** A leaf of a state, and how a differ calls it. */
interface Leaf {
  readonly path: string;
  readonly holder: Holder;
  readonly key: string | number;
}

/** A copy of a state with one leaf changed: a number, a flag or one byte. Undefined for a state without any. */
export function changeLeaf(state: State, random: Random): { readonly path: string; readonly state: State } | undefined {
  const copy = structuredClone(state) as State;
  const leaves = [...leavesIn(copy as Holder, "")];
  if (leaves.length === 0) return undefined;
  const { path, holder, key } = random.pick(leaves);
  const value = holder[key];
  if (value instanceof Uint8Array) {
    const at = random.below(value.length);
    value[at] = (value[at] as number) ^ (1 + random.below(255));
    return { path: `${path}[${at}]`, state: copy };
  }
  holder[key] = other(value);
  return { path, state: copy };
}

function other(value: Value): Value {
  if (typeof value === "boolean") return !value;
  if (typeof value === "bigint") return value === 1n ? 0n : 1n;
  return value === 1 ? 2 : 1;
}

function* leavesIn(holder: Holder, at: string): Generator<Leaf> {
  const isArray = Array.isArray(holder);
  for (const [name, value] of Object.entries(holder)) {
    const key = isArray ? Number(name) : name;
    const path = isArray ? `${at}[${name}]` : at === "" ? name : `${at}.${name}`;
    if (value === undefined) continue;
    if (typeof value !== "object") yield { path, holder, key };
    else if (value instanceof Uint8Array) {
      if (value.length > 0) yield { path, holder, key };
    } else yield* leavesIn(value as Holder, path);
  }
}
