import type { KindIr } from "../ir.ts";

/** Ids of the vmsds directly within a kind. */
export function nestedIn(kind: KindIr): string[] {
  if (kind.kind === "gtree") return [kind.value, ...nestedIn(kind.key)];
  if ("vmsd" in kind) return [kind.vmsd];
  if ("element" in kind) return nestedIn(kind.element);
  if ("target" in kind) return nestedIn(kind.target);
  return "layout" in kind ? nestedIn(kind.layout) : [];
}
