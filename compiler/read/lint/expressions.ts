import type { Expr } from "../../expr/expr.ts";
import type { FieldIr, KindIr, ScalarKind } from "../../ir.ts";
import { kindsWithin } from "../nested.ts";
import type { Part } from "../reading.ts";

/** An expression that a field has somewhere, and what it is for. */
export interface Asked {
  readonly expr: Expr;
  /** For sentences: "The count of 'events'". */
  readonly what: string;
  readonly role: "condition" | "validate" | "count" | "local" | "binding";
  readonly part: Part;
  /** What it must give, where that depends on more than the role. */
  readonly scalar?: ScalarKind;
  /** The property that it is the value of, and the vmsd that has that. */
  readonly binds?: { readonly vmsd: string; readonly property: string };
}

/** Every expression of a field: in its tables and within its kind. */
export function expressionsOf(field: FieldIr): Asked[] {
  const asked: Asked[] = [];
  if (field.exists !== undefined)
    asked.push({ expr: field.exists, what: `The predicate of '${field.key}'`, role: "condition", part: "exists" });
  asked.push(...withinKind(field.kind, field.key));
  if (field.validate !== undefined)
    asked.push({ expr: field.validate, what: `The validation of '${field.key}'`, role: "validate", part: "validate" });
  return asked;
}

function withinKind(kind: KindIr, key: string): Asked[] {
  return [...own(kind, key), ...kindsWithin(kind).flatMap((inner) => withinKind(inner, key))];
}

function own(kind: KindIr, key: string): Asked[] {
  const count = (expr: Expr, word: string): Asked[] => [{ expr, what: `The ${word} of '${key}'`, role: "count", part: "kind" }];
  const local = (expr: Expr | undefined, scalar: ScalarKind): Asked[] =>
    expr === undefined ? [] : [{ expr, what: `The local value of '${key}'`, role: "local", part: "kind", scalar }];
  switch (kind.kind) {
    case "varray":
      return count(kind.count, "count");
    case "varBuffer":
    case "unused_buffer":
      return count(kind.size, "size");
    case "bitmap":
      return count(kind.bits, "number of bits");
    case "equal":
      return local(kind.local, kind.scalar);
    case "int32 le":
      return local(kind.local, "int32");
    case "nullable":
      return [{ expr: kind.isNull, what: `The 'isNull' of '${key}'`, role: "condition", part: "kind" }];
    case "struct":
    case "vstruct":
    case "tmp":
    case "qtailq":
    case "qlist":
      return Object.entries(kind.with).map(([property, expr]) => ({
        expr,
        what: `The value of '${property}' for '${key}'`,
        role: "binding",
        part: "kind",
        binds: { vmsd: kind.vmsd, property },
      }));
    default:
      return [];
  }
}
