import { type Expr, literal } from "../expr/expr.ts";
import { decided, foldCondition } from "../expr/fold.ts";
import type { BodyIr, FieldIr } from "../ir.ts";

/** When a field is on the wire: always, never, or as an expression says. */
export type Presence = "always" | "never" | Expr;

/** For a save at a version. */
export function presenceOnSave(field: FieldIr, versionId: number): Presence {
  if (field.exists !== undefined) return asPresence(foldCondition(field.exists, { properties: {}, versionId }));
  return field.since <= versionId ? "always" : "never";
}

/** For a load of any version that the body accepts. */
export function presenceOnLoad(field: FieldIr, body: BodyIr): Presence {
  if (field.exists !== undefined) return asPresence(foldCondition(field.exists, { properties: {} }));
  if (field.since <= body.minimumVersionId) return "always";
  if (field.since > body.versionId) return "never";
  return { op: "binary", operator: ">=", left: { op: "version" }, right: literal(field.since) };
}

export function asPresence(expr: Expr): Presence {
  const known = decided(expr);
  return known === undefined ? expr : known ? "always" : "never";
}
