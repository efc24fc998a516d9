import type { JsonValue, KindIr, ScalarKind } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";
import { factsOf } from "../kinds/scalars.ts";
import type { Random } from "./random.ts";

/** A value for a field as a descriptor declares it, for when the wire does not carry it. */
export function randomJson(kind: KindIr, program: Pick<Program, "vmsd">, random: Random): JsonValue {
  const inner = (each: KindIr): JsonValue => randomJson(each, program, random);
  const many = (each: KindIr, count: number): JsonValue => Array.from({ length: count }, () => inner(each));
  const bytes = (count: number): JsonValue => Array.from({ length: count }, () => (0x80 + random.below(128)).toString(16)).join("");
  switch (kind.kind) {
    case "equal":
      return scalarJson(kind.scalar, random);
    case "int32 le":
    case "marker":
      return random.below(100);
    case "array":
      return many(kind.element, kind.count);
    case "array2d":
      return many(kind.element, kind.rows * kind.columns);
    case "varray":
      return many(kind.element, random.below(3));
    case "buffer":
      return bytes(kind.size);
    case "varBuffer":
      return bytes(random.below(5));
    case "bitmap":
      return many({ kind: "uint64" }, random.below(3));
    case "struct":
    case "vstruct":
    case "tmp":
      return structJson(kind.vmsd, program, random);
    case "pointer":
      return inner(kind.target);
    case "custom":
      return inner(kind.layout);
    case "nullable":
      return random.chance(0.5) ? null : inner(kind.target);
    case "qtailq":
    case "qlist":
      return Array.from({ length: random.below(2) }, () => structJson(kind.vmsd, program, random));
    case "gtree":
      return Array.from({ length: random.below(2) }, () => ({ key: inner(kind.key), value: structJson(kind.value, program, random) }));
    case "sent":
    case "unused_buffer":
      return false;
    default:
      return scalarJson(kind.kind, random);
  }
}

/** Some of a struct's fields: those left out are absent in their turn. */
function structJson(id: string, program: Pick<Program, "vmsd">, random: Random): JsonValue {
  const given = program.vmsd(id).fields.filter(({ kind }) => kind.kind !== "unused_buffer" && kind.kind !== "sent" && random.chance(0.4));
  return Object.fromEntries(given.map(({ key, kind }) => [key, randomJson(kind, program, random)]));
}

function scalarJson(kind: ScalarKind, random: Random): JsonValue {
  const { bytes, signed, type } = factsOf(kind);
  if (type === "boolean") return random.chance(0.5);
  const digits = random.bits(bytes * 8);
  const whole = signed ? BigInt.asIntN(bytes * 8, digits) : digits;
  return type === "bigint" ? String(whole) : Number(whole);
}
