import { evaluate, type Scope } from "../expr/evaluate.ts";
import type { Expr, Value } from "../expr/expr.ts";
import type { FieldIr, KindIr, ScalarKind, VmsdIr } from "../ir.ts";
import { isScalar } from "../kinds/elements.ts";
import type { Program } from "../kinds/kind.ts";
import { factsOf } from "../kinds/scalars.ts";
import { absentOf, allSubsections } from "../kinds/vmsd-fields.ts";
import type { Random } from "./random.ts";

type State = { [key: string]: Value };

const TRIES = 40;
/** Of what holds others, which are tried as often within each: an array of structs of arrays would take minutes. */
const FEW_TRIES = 3;

/** A state that can be saved, as far as chance allows: lengths follow their counts and values their rules. */
export function randomState(vmsd: VmsdIr, program: Program, random: Random, properties: State = vmsd.properties): State {
  const state: State = {};
  const scope: Scope = { field: (key) => state[key], property: (name) => properties[name], versionId: vmsd.versionId, index: 0 };
  const fill = (field: FieldIr, around: Scope): void => {
    const there = field.exists === undefined ? field.since <= around.versionId : Boolean(evaluate(field.exists, around));
    if (!there) {
      if (field.kind.kind !== "unused_buffer") state[field.key] = absentOf(field, program);
      return;
    }
    const most = isScalar(field.kind) ? TRIES : FEW_TRIES;
    for (let tries = 0; tries < most; tries++) {
      const value = randomValue(field.kind, around, program, random, tries);
      if (field.kind.kind === "unused_buffer") return;
      state[field.key] = value;
      if (field.validate === undefined || evaluate(field.validate, around)) return;
    }
  };
  for (const field of vmsd.fields) fill(field, scope);
  for (const subsection of allSubsections(vmsd))
    for (const field of subsection.fields) fill(field, { ...scope, versionId: subsection.versionId });
  return state;
}

function randomValue(kind: KindIr, scope: Scope, program: Program, random: Random, tries: number): Value {
  const inner = (each: KindIr, index = 0): Value => randomValue(each, { ...scope, index }, program, random, tries);
  const many = (each: KindIr, count: number): Value =>
    Array.from({ length: Math.max(0, Math.min(count, 100)) }, (_, at) => inner(each, at));
  const amount = (count: Expr, multiply = 1): number => Number(evaluate(count, scope)) * multiply;
  const nested = (id: string, bindings: Readonly<Record<string, Expr>>): Value => {
    const vmsd = program.vmsd(id);
    const properties = Object.fromEntries(
      Object.keys(vmsd.properties).map((name) => {
        const bound = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
        return [name, bound === undefined ? scope.property(name) : evaluate(bound, scope)];
      }),
    );
    return randomState(vmsd, program, random, properties);
  };
  switch (kind.kind) {
    case "equal":
      return kind.local === undefined ? randomScalar(kind.scalar, random, tries) : evaluate(kind.local, scope);
    case "int32 le":
      return kind.local === undefined ? random.below(9) : random.below(Number(evaluate(kind.local, scope)) + 1);
    case "array":
      return many(kind.element, kind.count);
    case "array2d":
      return many(kind.element, kind.rows * kind.columns);
    case "varray":
      return many(kind.element, amount(kind.count, kind.multiply));
    case "buffer":
      return randomBytes(kind.size, random);
    case "varBuffer":
      return randomBytes(amount(kind.size, kind.multiply), random);
    case "bitmap":
      return many({ kind: "uint64" }, Math.ceil(amount(kind.bits) / 64));
    case "unused_buffer":
      return undefined;
    case "struct":
    case "vstruct":
    case "tmp":
      return nested(kind.vmsd, kind.with);
    case "pointer":
      return inner(kind.target, scope.index);
    case "custom":
      return inner(kind.layout, scope.index);
    case "nullable":
      return evaluate(kind.isNull, scope) ? undefined : inner(kind.target, scope.index);
    case "qtailq":
    case "qlist":
      return Array.from({ length: random.below(kind.max + 1) }, () => nested(kind.vmsd, {}));
    case "gtree":
      return Array.from({ length: random.below(kind.max + 1) }, () => ({ key: inner(kind.key), value: nested(kind.value, {}) }));
    case "marker":
      return 1 + random.below(255);
    case "sent":
      return random.chance(0.5);
    default:
      return randomScalar(kind.kind, random, tries);
  }
}

/** Small values at first, so that what a rule allows is likely; then any. */
function randomScalar(kind: ScalarKind, random: Random, tries: number): Value {
  const { bytes, signed, type } = factsOf(kind);
  if (type === "boolean") return random.chance(0.5);
  const small = tries > 0 || random.chance(0.4);
  const digits = small ? BigInt(random.below(8)) : random.bits(bytes * 8);
  const whole = signed ? BigInt.asIntN(bytes * 8, digits) : digits;
  return type === "bigint" ? whole : Number(whole);
}

function randomBytes(size: number, random: Random): Uint8Array {
  return Uint8Array.from({ length: Math.max(0, Math.min(size, 1000)) }, () => random.below(256));
}
