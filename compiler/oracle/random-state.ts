import { evaluate, type Scope } from "../expr/evaluate.ts";
import type { Expr, Value } from "../expr/expr.ts";
import type { FieldIr, KindIr, ScalarKind, VmsdIr } from "../ir.ts";
import { isScalar } from "../kinds/elements.ts";
import type { Program } from "../kinds/kind.ts";
import { factsOf } from "../kinds/scalars.ts";
import { absentOf, allSubsections } from "../kinds/vmsd-fields.ts";
import { hintsOf, keepsLimits } from "./hints.ts";
import type { Random } from "./random.ts";

type State = { [key: string]: Value };

const TRIES = 40;
/** Of what holds others, which are tried as often within each: an array of structs of arrays would take minutes. */
const FEW_TRIES = 3;
/** With care: from so many tries on, values are 0 or 1, and from so many on they are 0. */
const TRIES_OF_SMALL = 8;
const TRIES_OF_FLAGS = 24;

/** How a state is drawn that is to be saved by all means: arrays are as long as is due, and values such as predicates ask for. */
export interface Care {
  /** A value that a field gets whatever its rules say. Undefined: chance decides. */
  readonly force?: (vmsd: VmsdIr, field: FieldIr, scope: Scope) => { readonly value: Value } | undefined;
}

/** Elements that are drawn where no count is kept, and elements of a list. */
const MOST_ELEMENTS = 100;
const MOST_BYTES = 1000;
/** Elements and bytes where a count is kept: more take too long, and what asks for more is not saved. */
const MOST_COUNTED = 5000;
const MOST_COUNTED_BYTES = 1 << 20;
const MOST_STRUCTS = 64;
const MOST_LISTED = 6;

/** A state that can be saved, as far as chance allows: lengths follow their counts and values their rules. */
export function randomState(vmsd: VmsdIr, program: Program, random: Random, properties: State = vmsd.properties, care?: Care): State {
  return drawState(vmsd, program, random, properties, care, 0);
}

/** With care, one whose rules did not come to hold is drawn again as near zero as it can be: what several fields say together is hard to meet. */
function drawState(vmsd: VmsdIr, program: Program, random: Random, properties: State, care: Care | undefined, firstTry: number): State {
  const state: State = {};
  let isSound = true;
  const scope: Scope = { field: (key) => state[key], property: (name) => properties[name], versionId: vmsd.versionId, index: 0 };
  const fill = (field: FieldIr, around: Scope): void => {
    const there = field.exists === undefined ? field.since <= around.versionId : Boolean(evaluate(field.exists, around));
    if (!there) {
      if (field.kind.kind !== "unused_buffer") state[field.key] = absentOf(field, program);
      return;
    }
    const forced = care?.force?.(vmsd, field, around);
    if (forced !== undefined) {
      state[field.key] = forced.value;
      return;
    }
    const isHeld = care !== undefined && field.validate !== undefined;
    const most = isScalar(field.kind) || isHeld ? TRIES : FEW_TRIES;
    const hints = care === undefined || firstTry > 0 ? [] : hintsOf(vmsd, field);
    for (let tries = firstTry; tries < firstTry + most; tries++) {
      const hinted = hints.length > 0 && random.chance(0.5);
      const value = hinted ? random.pick(hints) : randomValue(field.kind, around, program, random, tries, care);
      if (field.kind.kind === "unused_buffer") return;
      state[field.key] = value;
      if (field.validate !== undefined && !evaluate(field.validate, around)) continue;
      if (care === undefined || keepsLimits(vmsd, field, around)) return;
    }
    isSound = false;
  };
  for (const field of vmsd.fields) fill(field, scope);
  for (const subsection of allSubsections(vmsd))
    for (const field of subsection.fields) fill(field, { ...scope, versionId: subsection.versionId });
  if (isSound || care === undefined || firstTry > 0) return state;
  return drawState(vmsd, program, random, properties, care, TRIES_OF_FLAGS);
}

/** A value of a kind by chance; the more tries there were, the smaller it is. */
export function randomValue(kind: KindIr, scope: Scope, program: Program, random: Random, tries: number, care: Care | undefined): Value {
  const inner = (each: KindIr, index = 0): Value => randomValue(each, { ...scope, index }, program, random, tries, care);
  const many = (each: KindIr, count: number, most: number): Value =>
    Array.from({ length: Math.max(0, Math.min(count, care === undefined ? MOST_ELEMENTS : most)) }, (_, at) => inner(each, at));
  const listed = (max: number): number => random.below(1 + (care === undefined ? max : Math.min(max, MOST_LISTED)));
  const amount = (count: Expr, multiply = 1): number => Number(evaluate(count, scope)) * multiply;
  const nested = (id: string, bindings: Readonly<Record<string, Expr>>): Value => {
    const vmsd = program.vmsd(id);
    const properties = Object.fromEntries(
      Object.keys(vmsd.properties).map((name) => {
        const bound = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
        return [name, bound === undefined ? scope.property(name) : evaluate(bound, scope)];
      }),
    );
    return drawState(vmsd, program, random, properties, care, care === undefined || tries < TRIES_OF_FLAGS ? 0 : TRIES_OF_FLAGS);
  };
  switch (kind.kind) {
    case "equal":
      return kind.local === undefined ? randomScalar(kind.scalar, random, tries) : evaluate(kind.local, scope);
    case "int32 le":
      return kind.local === undefined ? random.below(9) : random.below(Number(evaluate(kind.local, scope)) + 1);
    case "array":
      return many(kind.element, kind.count, kind.count);
    case "array2d":
      return many(kind.element, kind.rows * kind.columns, kind.rows * kind.columns);
    case "varray":
      return many(
        kind.element,
        amount(kind.count, kind.multiply),
        kind.count.op === "literal" ? kind.max : isScalar(kind.element) ? MOST_COUNTED : MOST_STRUCTS,
      );
    case "buffer":
      return randomBytes(kind.size, random, care === undefined ? MOST_BYTES : kind.size);
    case "varBuffer":
      return randomBytes(amount(kind.size, kind.multiply), random, care === undefined ? MOST_BYTES : MOST_COUNTED_BYTES);
    case "bitmap":
      return many({ kind: "uint64" }, Math.ceil(amount(kind.bits) / 64), MOST_COUNTED);
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
      return Array.from({ length: listed(kind.max) }, () => nested(kind.vmsd, care === undefined ? {} : kind.with));
    case "gtree":
      return Array.from({ length: listed(kind.max) }, () => ({ key: inner(kind.key), value: nested(kind.value, {}) }));
    case "marker":
      return 1 + random.below(255);
    case "sent":
      return random.chance(0.5);
    default:
      return care !== undefined && tries >= TRIES_OF_SMALL ? nearZero(kind.kind, random, tries) : randomScalar(kind.kind, random, tries);
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

/** 0 or 1, and in the end 0: what rules hold a value to, they hardly ever refuse that. */
function nearZero(kind: ScalarKind, random: Random, tries: number): Value {
  const value = tries >= TRIES_OF_FLAGS ? 0 : random.below(2);
  const { type } = factsOf(kind);
  if (type === "boolean") return value === 1;
  return type === "bigint" ? BigInt(value) : value;
}

function randomBytes(size: number, random: Random, most: number): Uint8Array {
  return Uint8Array.from({ length: Math.max(0, Math.min(size, most)) }, () => random.below(256));
}
