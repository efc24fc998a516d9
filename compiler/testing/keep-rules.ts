import { evaluate } from "../expr/evaluate.ts";
import type { Expr, Value } from "../expr/expr.ts";
import type { State } from "../interpret/input.ts";
import { allSubsections } from "../kinds/vmsd-fields.ts";
import type { Section } from "./section.ts";

/**
 * Puts into a random state what the section's own rules want of it where they say it outright: `s.dev.config[9] === m.prog_if` holds for one
 * state in 256, and for fewer where several must.
 */
export function keepRules({ vmsd, properties }: Section, state: State): void {
  const scope = { field: (key: string) => state[key], property: (name: string) => properties[name], versionId: vmsd.versionId, index: 0 };
  for (const { validate } of [vmsd, ...allSubsections(vmsd)].flatMap(({ fields }) => fields))
    for (const { place, value } of validate === undefined ? [] : equalities(validate))
      put(place, evaluate(value, scope), (expr) => evaluate(expr, scope));
}

/** What must be equal for the whole to hold: sides of `===` that no `||` and no `!` stand around. */
function equalities(expr: Expr): { readonly place: Expr; readonly value: Expr }[] {
  if (expr.op !== "binary") return [];
  if (expr.operator === "&&") return [...equalities(expr.left), ...equalities(expr.right)];
  return expr.operator === "===" && isPlace(expr.left) ? [{ place: expr.left, value: expr.right }] : [];
}

function isPlace({ op }: Expr): boolean {
  return op === "element" || op === "member";
}

function put(place: Expr, value: Value, evaluated: (expr: Expr) => Value): void {
  if (place.op !== "element" && place.op !== "member") return;
  const holder = evaluated(place.of) as Record<string, Value> | undefined;
  const key = place.op === "member" ? place.key : String(evaluated(place.at));
  if (typeof holder === "object" && key in holder) holder[key] = value;
}
