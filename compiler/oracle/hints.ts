import { childrenOf, fieldsIn } from "../expr/children.ts";
import { evaluate, type Scope } from "../expr/evaluate.ts";
import type { Expr, Value } from "../expr/expr.ts";
import type { FieldIr, KindIr, ScalarKind, VmsdIr } from "../ir.ts";
import { nestedIn } from "../kinds/nested-in.ts";
import { factsOf, SCALARS } from "../kinds/scalars.ts";
import { allSubsections } from "../kinds/vmsd-fields.ts";
import { limitsOf } from "./limits-of.ts";

// What a vmsd's own expressions say of a field: values that they compare it with, and counts that it must leave within their limits.

/** Values of a scalar field at which something that is said of it may turn: the numbers beside it in expressions, and one more and less. */
export function hintsOf(vmsd: VmsdIr, field: FieldIr): readonly Value[] {
  return known(vmsd).hints.get(field.key) ?? [];
}

/** What a count may come to by chance: more would be allowed at times, and take long. */
const MOST_DRAWN = 2048;
/** The same of structs, of which each may have thousands of values. */
const MOST_STRUCTS = 8;

/** False when the field, and all before it, make a count that no receiver accepts, or a very large one. */
export function keepsLimits(vmsd: VmsdIr, field: FieldIr, scope: Scope): boolean {
  return (known(vmsd).limits.get(field.key) ?? []).every(({ amount, multiply, max, isStruct }) => {
    const due = Number(evaluate(amount, scope)) * multiply;
    return due >= 0 && due <= Math.min(max, isStruct ? MOST_STRUCTS : MOST_DRAWN);
  });
}

interface Counted {
  readonly amount: Expr;
  readonly multiply: number;
  readonly max: number;
  readonly isStruct: boolean;
}

interface Known {
  readonly hints: ReadonlyMap<string, readonly Value[]>;
  /** By the last field that each asks for. */
  readonly limits: ReadonlyMap<string, readonly Counted[]>;
}

const kept = new WeakMap<VmsdIr, Known>();

function known(vmsd: VmsdIr): Known {
  const before = kept.get(vmsd);
  if (before !== undefined) return before;
  const made = { hints: findHints(vmsd), limits: findLimits(vmsd) };
  kept.set(vmsd, made);
  return made;
}

function fieldsOf(vmsd: VmsdIr): readonly FieldIr[] {
  return [vmsd, ...allSubsections(vmsd)].flatMap(({ fields }) => fields);
}

function findLimits(vmsd: VmsdIr): Map<string, Counted[]> {
  const found = new Map<string, Counted[]>();
  const order = fieldsOf(vmsd).map(({ key }) => key);
  for (const { kind } of fieldsOf(vmsd))
    for (const { amount, multiply, max } of limitsOf(kind)) {
      const asked = amount === undefined ? [] : [...fieldsIn(amount)];
      const last = order.findLast((key) => asked.includes(key));
      if (last !== undefined && amount !== undefined)
        found.set(last, [...(found.get(last) ?? []), { amount, multiply, max, isStruct: nestedIn(kind).length > 0 }]);
    }
  return found;
}

function findHints(vmsd: VmsdIr): Map<string, Value[]> {
  const kinds = new Map(fieldsOf(vmsd).map(({ key, kind }) => [key, kind]));
  const found = new Map<string, Set<Value>>();
  for (const { expr, most } of expressionsOf(vmsd)) {
    const numbers = [...literalsIn(expr), ...most];
    for (const key of fieldsIn(expr)) {
      const kind = kinds.get(key);
      if (kind === undefined || !isNumber(kind)) continue;
      const values = found.get(key) ?? new Set();
      for (const each of numbers.flatMap((number) => [number - 1, number, number + 1])) {
        const value = withinKind(each, kind.kind);
        if (value !== undefined) values.add(value);
      }
      found.set(key, values);
    }
  }
  return new Map([...found].map(([key, values]) => [key, [...values]]));
}

function isNumber(kind: KindIr): kind is { readonly kind: ScalarKind } {
  return kind.kind in SCALARS && kind.kind !== "bool";
}

/** The number as a value of a kind; undefined where it is none. */
export function withinKind(number: number, kind: ScalarKind): Value {
  const { bytes, signed, type } = factsOf(kind);
  const least = signed ? -(2 ** (bytes * 8 - 1)) : 0;
  const most = 2 ** (bytes * 8 - (signed ? 1 : 0)) - 1;
  if (!Number.isInteger(number) || number < least || number > most) return undefined;
  return type === "bigint" ? BigInt(number) : number;
}

interface Said {
  readonly expr: Expr;
  /** For a count, the most that it may be. */
  readonly most: readonly number[];
}

function expressionsOf(vmsd: VmsdIr): readonly Said[] {
  const said = (...exprs: readonly (Expr | undefined)[]): Said[] =>
    exprs.flatMap((expr) => (expr === undefined ? [] : [{ expr, most: [] }]));
  return [vmsd, ...allSubsections(vmsd)].flatMap(({ needed, fields }) => [
    ...said(needed),
    ...fields.flatMap(({ exists, validate, kind }) => [
      ...said(exists, validate, ...nullsIn(kind)),
      ...limitsOf(kind).flatMap(({ amount, multiply, max }) =>
        amount === undefined ? [] : [{ expr: amount, most: [Math.floor(max / multiply)] }],
      ),
    ]),
  ]);
}

function nullsIn(kind: KindIr): Expr[] {
  if (kind.kind === "nullable") return [kind.isNull, ...nullsIn(kind.target)];
  if ("element" in kind) return nullsIn(kind.element);
  if ("target" in kind) return nullsIn(kind.target);
  return "layout" in kind ? nullsIn(kind.layout) : [];
}

function literalsIn(expr: Expr): number[] {
  if (expr.op === "literal") return typeof expr.value === "number" ? [expr.value] : [];
  if (expr.op === "bigint") return [Number(expr.value)];
  return childrenOf(expr).flatMap(literalsIn);
}
