import type { Scope } from "../compare.ts";

/** A scope with each type once, sorted; complete unless something is unknown. */
export function newScope(source: Scope["source"], types: Iterable<string>, unknown: Iterable<string> = []): Scope {
  const left = [...new Set(unknown)].sort();
  return { source, types: [...new Set(types)].sort(), complete: left.length === 0, unknown: left };
}
