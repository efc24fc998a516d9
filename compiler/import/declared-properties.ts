import type { Expr } from "../expr/expr.ts";
import type { FieldIr } from "../ir.ts";
import { same } from "./common.ts";
import type { FieldFacts } from "./facts.ts";
import type { Match } from "./match.ts";
import type { PropertyPlan } from "./plan.ts";
import { presencesIn } from "./presence.ts";

/**
 * The properties by which a field that is declared already says if it is there, and how many elements it has: a section that is new can say
 * what they are in it. Only a property by itself, or its contrary, can be told from what streams sent.
 */
export function declaredProperties(
  facts: FieldFacts,
  field: FieldIr,
  planned: readonly PropertyPlan[],
  match: Match | undefined,
): PropertyPlan[] {
  const defaults = match?.existing.vmsd.properties ?? {};
  const flag = field.exists === undefined ? undefined : flagOf(field.exists);
  const found: PropertyPlan[] = [];
  if (flag !== undefined && typeof defaults[flag.name] === "boolean")
    found.push({
      name: flag.name,
      value: defaults[flag.name] as boolean,
      valueIn: (section) => {
        const present = same(presencesIn(facts, section));
        return present === undefined ? undefined : present === flag.isThere;
      },
    });
  const count = countOf(field);
  const [plan] = planned;
  if (count !== undefined && plan !== undefined && typeof defaults[count] === "number")
    found.push({ name: count, value: defaults[count] as number, valueIn: plan.valueIn });
  return found;
}

function flagOf(expr: Expr): { readonly name: string; readonly isThere: boolean } | undefined {
  if (expr.op === "property") return { name: expr.name, isThere: true };
  const inner = expr.op === "unary" && expr.operator === "!" ? flagOf(expr.operand) : undefined;
  return inner === undefined ? undefined : { name: inner.name, isThere: !inner.isThere };
}

function countOf({ kind }: FieldIr): string | undefined {
  const of = kind.kind === "custom" ? kind.layout : kind;
  if (of.kind === "varray" && of.count.op === "property") return of.count.name;
  return of.kind === "varBuffer" && of.size.op === "property" ? of.size.name : undefined;
}
