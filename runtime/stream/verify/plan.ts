import { type FieldLayout, shapeOf, subsectionHead, type VmsdLayout } from "../description/layout.ts";
import { VALUE_RULES, type ValueRule } from "./value-rules.ts";

/** Something to look at in a section's bytes, at an offset from what holds it. */
export type Check = { readonly at: number } & (
  | { readonly values: FieldLayout; readonly rule: ValueRule }
  | { readonly structs: FieldLayout; readonly plan: readonly Check[] }
  | { readonly mark: 0 | 1; readonly list: FieldLayout }
  | { readonly element: FieldLayout; readonly nth: number; readonly plan: readonly Check[] }
  | { readonly subsection: VmsdLayout; readonly plan: readonly Check[] }
);

/**
 * What there is to look at, and nothing else: each check looks at a byte or more of its own, so that holding a section against its plan takes
 * time by its bytes, whatever the description repeats.
 */
export function planOf({ fields, subsections }: VmsdLayout): readonly Check[] {
  const plan: Check[] = [];
  let at = 0;
  for (const field of fields) {
    const { size, count } = field;
    if (size > 0 && count > 0) plan.push(...checksOf(field, at));
    at += size * count;
  }
  for (const subsection of subsections) {
    plan.push({ at, subsection, plan: planOf(subsection) });
    at += subsectionHead(subsection.vmsd) + subsection.size;
  }
  return plan;
}

function checksOf(field: FieldLayout, at: number): readonly Check[] {
  const { type, inner, size } = field;
  const rule = Object.hasOwn(VALUE_RULES, type) ? VALUE_RULES[type] : undefined;
  if (rule !== undefined) return (rule.size ?? size) === size ? [{ at, values: field, rule }] : [];
  switch (shapeOf(field)) {
    case "values":
      return [];
    case "structs": {
      const plan = inner.flatMap(planOf);
      return plan.length === 0 ? [] : [{ at, structs: field, plan }];
    }
    case "list":
      return listChecks(field, at);
  }
}

function listChecks(list: FieldLayout, start: number): readonly Check[] {
  const checks: Check[] = [];
  let at = start;
  for (const [nth, each] of list.inner.entries()) {
    checks.push({ at, mark: 1, list }, { at: at + 1, element: list, nth, plan: planOf(each) });
    at += 1 + each.size;
  }
  return [...checks, { at, mark: 0, list }];
}
