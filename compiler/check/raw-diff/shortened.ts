import { canonicalJson } from "../../describe/index.ts";

/** The package compares every object of a list with every object of the other; past this many pairs that takes too long. */
const MOST_PAIRS = 4096;

/**
 * Two values with every object that stands in a list on both sides replaced by its name. The diff shows such an object in a word,
 * or not at all, and is left with the few objects that changed. Where these are too many as well, they become text.
 */
export function shortened(old: unknown, new_: unknown): [unknown, unknown] {
  const [left, right] = [new Map<string, object>(), new Map<string, object>()];
  collect(old, left);
  collect(new_, right);
  const names = new Map<string, string>();
  const used = new Set<string>();
  for (const [content, item] of left) if (right.has(content)) names.set(content, freshName(item, used));
  const changed = (items: ReadonlyMap<string, object>): number => [...items.keys()].filter((content) => !names.has(content)).length;
  const asText = changed(left) * changed(right) > MOST_PAIRS;
  return [replaced(old, names, asText), replaced(new_, names, asText)];
}

/** Every object that is an element of a list, at any depth, by its content. */
function collect(value: unknown, into: Map<string, object>): void {
  if (typeof value !== "object" || value === null) return;
  for (const inner of Object.values(value)) {
    if (Array.isArray(value) && typeof inner === "object" && inner !== null) into.set(canonicalJson(inner), inner);
    collect(inner, into);
  }
}

/** Objects that differ must not share a name: the diff would take them for the same. */
function freshName(item: object, used: Set<string>): string {
  const { field, name } = item as { field?: unknown; name?: unknown };
  const base = String(field ?? name ?? "item");
  let fresh = base;
  for (let n = 2; used.has(fresh); n++) fresh = `${base} #${n}`;
  used.add(fresh);
  return fresh;
}

function replaced(value: unknown, names: ReadonlyMap<string, string>, asText: boolean): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, names, asText)]));
  }
  return value.map((inner: unknown) => {
    if (typeof inner !== "object" || inner === null) return inner;
    const content = canonicalJson(inner);
    return names.get(content) ?? (asText ? content : replaced(inner, names, asText));
  });
}
