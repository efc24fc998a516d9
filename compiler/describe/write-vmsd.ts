import type { Expr } from "../expr/expr.ts";
import { decided, fold, foldCondition } from "../expr/fold.ts";
import { member, print } from "../expr/print.ts";
import { jsonOf } from "../interpret/json.ts";
import type { BodyIr, FieldIr, KindIr, Place, Scalar, SubsectionIr, VmsdIr } from "../ir.ts";
import { describeKind, isInState } from "../kinds/index.ts";
import type { Program } from "../kinds/kind.ts";
import { absentOf } from "../kinds/vmsd-fields.ts";
import { absentForm } from "./absent-form.ts";
import type { CountSource, Decided, Field, Vmsd } from "./metadata.ts";

/** Values that the machine type gives to properties of the device; the others are not known. */
export type Pinned = Readonly<Record<string, Scalar>>;

/** A vmsd or one of its subsections, with all that is within. `vmsd` is the one whose state its predicates are about. */
export function writeVmsd(body: VmsdIr | SubsectionIr, vmsd: VmsdIr, pinned: Pinned, program: Program): Vmsd {
  const subsections = body.subsections.map((each) => writeVmsd(each, vmsd, pinned, program));
  return {
    name: body.name,
    version_id: body.versionId,
    minimum_version_id: body.minimumVersionId,
    at: placeText(body.at),
    ...neededOf(body, vmsd, pinned),
    Fields: body.fields.filter(isOnWire).map((field) => writeField(field, body, vmsd, pinned, program)),
    ...(subsections.length > 0 ? { Subsections: subsections } : {}),
  };
}

/** When an optional section or a subsection is sent: by its predicate, or as a field of the state says. */
function neededOf(
  { name, needed }: { readonly name: string; readonly needed?: Expr },
  { fields }: VmsdIr,
  pinned: Pinned,
): { needed?: string; decided?: Decided } {
  if (needed !== undefined) return { needed: print(needed), ...decidedBy(needed, pinned) };
  const flag = fields.find(({ kind }) => kind.kind === "sent" && kind.subsection === name);
  return flag === undefined ? {} : { needed: member("s", flag.key) };
}

/** `serial.ts:41`. */
export function placeText({ file, line }: Place): string {
  return `${file}:${line}`;
}

function writeField(field: FieldIr, body: BodyIr, vmsd: VmsdIr, pinned: Pinned, program: Program): Field {
  const { kind, size, num, vmsd: id } = describeKind(field.kind, program);
  const count = countOf(field.kind, program);
  const inner = id === undefined ? undefined : program.vmsd(id);
  return {
    field: field.name,
    version_id: field.since,
    field_exists: field.exists !== undefined,
    ...(num === undefined ? {} : { num }),
    size,
    kind,
    at: placeText(field.at),
    ...(count === undefined ? {} : { count }),
    ...(field.exists === undefined ? {} : { exists: print(field.exists), ...decidedBy(field.exists, pinned) }),
    ...(mayBeAbsent(field, body, vmsd) ? { absent: absentForm(jsonOf(field.kind, absentOf(field, program), program)) } : {}),
    ...(field.validate === undefined ? {} : { validate: print(field.validate) }),
    ...(field.formerly === undefined ? {} : { formerly: field.formerly }),
    ...(inner === undefined ? {} : { Description: writeVmsd(inner, inner, pinnedWithin(field.kind, inner, pinned), program) }),
  };
}

/** A value that is the kind's zero is told as well: whether it was written down makes no difference to a load. */
function mayBeAbsent(field: FieldIr, body: BodyIr, vmsd: VmsdIr): boolean {
  if (!isInState(field.kind)) return false;
  return body !== vmsd || field.exists !== undefined || field.since > body.minimumVersionId;
}

/** What the wire carries by other means than the field itself is not described as a field. */
function isOnWire({ kind }: FieldIr): boolean {
  return kind.kind !== "sent" && kind.kind !== "marker";
}

function decidedBy(expr: Expr, pinned: Pinned): { decided?: Decided } {
  const known = decided(foldCondition(expr, { properties: pinned }));
  return known === undefined ? {} : { decided: known ? "present" : "absent" };
}

/** How many elements or bytes there are, where that is not fixed. */
function countOf(kind: KindIr, program: Program): CountSource | undefined {
  switch (kind.kind) {
    case "varray": {
      const each = describeKind(kind.element, program).num ?? 1;
      return source(kind.count, { max: kind.max * each, multiply: (kind.multiply ?? 1) * each });
    }
    case "varBuffer":
      return source(kind.size, kind);
    case "bitmap":
      return source(kind.bits, kind);
    case "unused_buffer":
      return kind.size.op === "literal" ? undefined : source(kind.size, kind);
    // The bytes between the elements of a list tell where it ends.
    case "qtailq":
    case "qlist":
    case "gtree":
      return { max: kind.max };
    case "pointer":
    case "nullable":
      return countOf(kind.target, program);
    default:
      return undefined;
  }
}

/** The key of the field that counts, or the text of an expression. */
function source(count: Expr, { max, multiply = 1 }: { readonly max: number; readonly multiply?: number }): CountSource {
  return { field: count.op === "field" ? count.key : print(count), max, ...(multiply === 1 ? {} : { multiply }) };
}

/** The properties of a vmsd within: those around, unless the field sets them. */
function pinnedWithin(kind: KindIr, inner: VmsdIr, pinned: Pinned): Pinned {
  const bindings = bindingsIn(kind);
  const known = Object.keys(inner.properties).flatMap((name) => {
    const bound = bindings[name];
    const value = bound === undefined ? pinned[name] : literalIn(fold(bound, { properties: pinned }));
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known);
}

function bindingsIn(kind: KindIr): Readonly<Record<string, Expr>> {
  if ("with" in kind) return kind.with;
  if ("element" in kind) return bindingsIn(kind.element);
  return "target" in kind ? bindingsIn(kind.target) : {};
}

function literalIn(expr: Expr): Scalar | undefined {
  return expr.op === "literal" ? expr.value : undefined;
}
