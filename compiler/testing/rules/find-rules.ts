import { fieldsIn, propertiesIn } from "../../expr/children.ts";
import { evaluate } from "../../expr/evaluate.ts";
import type { Expr, Value } from "../../expr/expr.ts";
import { decided } from "../../expr/fold.ts";
import { print } from "../../expr/print.ts";
import type { FieldIr, KindIr, VmsdIr } from "../../ir.ts";
import type { Program } from "../../kinds/kind.ts";
import { nestedIn } from "../../kinds/nested-in.ts";
import { factsOf, SCALARS } from "../../kinds/scalars.ts";
import { allSubsections } from "../../kinds/vmsd-fields.ts";
import { limitsOf } from "../../oracle/limits-of.ts";
import { plainPath } from "../../oracle/outcome.ts";
import type { Section } from "../section.ts";

export type RuleKind = "validate" | "limit" | "equal" | "at most";

/** Something that a section refuses. */
export interface Rule {
  readonly kind: RuleKind;
  /** The id of the vmsd whose field it is, and the field. */
  readonly vmsd: string;
  readonly field: FieldIr;
  /** As errors have it, without the numbers of elements. */
  readonly path: string;
  readonly code: "invalid" | "limit" | "not-equal";
  /** What must hold, in words. */
  readonly text: string;
  /** What gives the value that counts; undefined where it is the field itself, or what a state to load into has. */
  readonly expr: Expr | undefined;
  /** Whether what `expr` gives is as it must be. */
  readonly holds: (value: Value) => boolean;
}

/** Every rule of a section and of all within, but for those that nothing can break. */
export function rulesOf({ vmsd, program }: Section): readonly Rule[] {
  return within(vmsd, program, undefined).filter((rule) => !isUnbreakable(rule, program));
}

/** `from` is how errors call what is around: the section or subsection, and the fields down to here. */
function within(vmsd: VmsdIr, program: Program, from: string | undefined): Rule[] {
  return [vmsd, ...allSubsections(vmsd)].flatMap((body) =>
    body.fields.flatMap((field) => {
      if (decided(field.exists) === false) return [];
      const path = `${from ?? body.name}.${field.name}`;
      const inner = [...new Set(nestedIn(field.kind))].flatMap((id) => within(program.vmsd(id), program, path));
      return [...own(vmsd, field, path), ...inner];
    }),
  );
}

function own(vmsd: VmsdIr, field: FieldIr, path: string): Rule[] {
  const at = { vmsd: vmsd.id, field, path: plainPath(path) } as const;
  const { validate, kind } = field;
  const rules: Rule[] = [];
  if (validate !== undefined)
    rules.push({ ...at, kind: "validate", code: "invalid", text: print(validate), expr: validate, holds: (value) => Boolean(value) });
  for (const { amount, multiply, max } of limitsOf(kind)) {
    const text = amount === undefined ? `at most ${max}` : `${print(amount)}${multiply === 1 ? "" : ` * ${multiply}`} is 0 to ${max}`;
    const holds = (value: Value): boolean => Number(value) * multiply >= 0 && Number(value) * multiply <= max;
    rules.push({ ...at, kind: "limit", code: "limit", text, expr: amount, holds });
  }
  for (const checked of checkedIn(kind)) {
    const local = checked.local === undefined ? "the receiver's own" : print(checked.local);
    const is = checked.kind === "equal" ? "equal" : "at most";
    rules.push({ ...at, kind: is, code: "not-equal", text: `${is} ${local}`, expr: undefined, holds: () => false });
  }
  return rules;
}

type Checked = KindIr & { readonly kind: "equal" | "int32 le" };

/** The kinds within a kind that are held against a value that the receiver has. */
export function checkedIn(kind: KindIr): readonly Checked[] {
  if (kind.kind === "equal" || kind.kind === "int32 le") return [kind];
  if ("element" in kind) return checkedIn(kind.element);
  if ("target" in kind) return checkedIn(kind.target);
  return "layout" in kind ? checkedIn(kind.layout) : [];
}

/** Kinds of which all values can be looked at. */
const MOST_BYTES = 2;

/** True when no value of the one field that a rule asks for breaks it, or none of any. */
function isUnbreakable({ vmsd, expr, holds }: Rule, program: Program): boolean {
  if (expr === undefined) return false;
  const scope = { field: (): Value => undefined, property: (): Value => undefined, versionId: 0, index: 0 };
  const [key, ...others] = fieldsIn(expr);
  // What depends on properties alone is settled when the device is made: no state and no byte has a part in it.
  if (key === undefined) return expr.op === "literal" ? holds(expr.value) : propertiesIn(expr).size > 0;
  if (propertiesIn(expr).size > 0) return false;
  const field = [program.vmsd(vmsd), ...allSubsections(program.vmsd(vmsd))]
    .flatMap(({ fields }) => fields)
    .find((each) => each.key === key);
  if (others.length > 0 || field === undefined || !(field.kind.kind in SCALARS)) return false;
  const { bytes, signed, type } = factsOf(field.kind.kind as never);
  if (type === "bigint" || bytes > MOST_BYTES) return false;
  const values =
    type === "boolean" ? [false, true] : Array.from({ length: 2 ** (bytes * 8) }, (_, at) => at - (signed ? 2 ** (bytes * 8 - 1) : 0));
  return values.every((value) => holds(evaluate(expr, { ...scope, field: () => value })));
}
