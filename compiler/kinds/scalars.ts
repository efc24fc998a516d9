import { type Code, code, raw } from "../code/code.ts";
import type { Value } from "../expr/expr.ts";
import type { KindIr, ScalarKind } from "../ir.ts";
import type { Module, RuntimeSymbol } from "./body/module.ts";
import { place } from "./body/place.ts";
import type { ViewBody } from "./body/view-body.ts";
import type { At, JsonSchema, Kind, ViewFace } from "./kind.ts";

/** What one width and sign of scalar does that others do otherwise. */
interface Facts {
  readonly bytes: 1 | 2 | 4 | 8;
  readonly signed: boolean;
  readonly type: "number" | "bigint" | "boolean";
  /** Bytes of the C type in memory; as on the wire when left out. */
  readonly stored?: number;
}

const FACTS: Readonly<Record<ScalarKind, Facts>> = {
  bool: { bytes: 1, signed: false, type: "boolean" },
  uint8: { bytes: 1, signed: false, type: "number" },
  uint16: { bytes: 2, signed: false, type: "number" },
  uint32: { bytes: 4, signed: false, type: "number" },
  uint64: { bytes: 8, signed: false, type: "bigint" },
  int8: { bytes: 1, signed: true, type: "number" },
  int16: { bytes: 2, signed: true, type: "number" },
  int32: { bytes: 4, signed: true, type: "number" },
  int64: { bytes: 8, signed: true, type: "bigint" },
  float64: { bytes: 8, signed: false, type: "bigint" },
  CPU_Double_U: { bytes: 8, signed: false, type: "bigint" },
  // QEMUTimer is a struct of its own; its size is that of a 64-bit build.
  timer: { bytes: 8, signed: true, type: "bigint", stored: 48 },
};

export const SCALARS = Object.fromEntries(Object.entries(FACTS).map(([name, facts]) => [name, scalar(facts)])) as {
  readonly [K in ScalarKind]: Kind<KindIr & { kind: K }>;
};

/** Bytes and type of a scalar kind, for kinds made of scalars. */
export function factsOf(kind: ScalarKind): Facts {
  return FACTS[kind];
}

function scalar(facts: Facts): Kind<KindIr & { kind: ScalarKind }> {
  const { bytes, signed, type } = facts;
  return {
    size: () => bytes,
    type: () => raw(type),
    zero: () => (type === "bigint" ? 0n : type === "boolean" ? false : 0),
    fixed: {
      read: (_, at) => readScalar(facts, at),
      write: (_, value, at, body) => writeScalar(facts, value, at, body.module),
    },
    interpret: {
      save: (_, value, out) => out.putInteger(type === "boolean" ? (value === true ? 1n : 0n) : BigInt(value as number), bytes),
      load: (_, input) => {
        const at = input.take(bytes);
        const digits = [...input.bytes.subarray(at, at + bytes)].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
        const whole = signed ? BigInt.asIntN(bytes * 8, digits) : digits;
        return type === "bigint" ? whole : type === "boolean" ? whole !== 0n : Number(whole);
      },
    },
    parse: (_, json) => (type === "bigint" ? BigInt(json as string | number) : (json as Value)),
    describe: ({ kind }) => ({ kind, size: facts.stored ?? bytes }),
    view: type === "bigint" ? wideView(signed) : narrowView(facts),
  };
}

function readScalar({ bytes, signed, type }: Facts, at: At): Code {
  const view = raw(at.view);
  if (bytes === 8) {
    const as = raw(signed ? "asIntN" : "asUintN");
    return code`BigInt.${as}(64, (BigInt(${view}.getInt32(${place(at)})) << 32n) | BigInt(${view}.getUint32(${place(at, 4)})))`;
  }
  const get = code`${view}.get${raw(signed ? "Int" : "Uint")}${bytes * 8}(${place(at)})`;
  return type === "boolean" ? code`${get} !== 0` : get;
}

/**
 * Short unsigned values are stored as signed ones: the bytes are the same, with fewer checks. Not those of 32 bits, half of which are no
 * int32: Node 24 gives up the code that it has made at every field that turns out to hold one.
 */
function writeScalar({ bytes, signed, type }: Facts, value: Code, at: At, into: Module): Code[] {
  const view = raw(at.view);
  if (type === "boolean") return [code`${view}.setUint8(${place(at)}, ${value} ? 1 : 0);`];
  if (bytes < 8) return [code`${view}.set${raw(bytes === 4 && !signed ? "Uint" : "Int")}${bytes * 8}(${place(at)}, ${value});`];
  into.splitsBigints();
  return [
    code`S64[0] = ${value};`,
    code`${view}.setInt32(${place(at)}, S32[HIGH] as number);`,
    code`${view}.setInt32(${place(at, 4)}, S32[LOW] as number);`,
  ];
}

/** Numbers that JSON has as well, and booleans. */
function narrowView({ bytes, signed, type }: Facts): ViewFace<KindIr> {
  const bits = bytes * 8;
  const from = (type === "boolean" ? "asBool" : `as${signed ? "Int" : "Uint"}${bits}`) as RuntimeSymbol;
  const least = signed ? -(2 ** (bits - 1)) : 0;
  const schema = type === "boolean" ? { type: "boolean" } : { type: "integer", minimum: least, maximum: least + 2 ** bits - 1 };
  return {
    toJson: (_, value) => value,
    fromJson: (_, json, at, body) => code`${body.use(from)}(${json}, ${at})`,
    diff: (_, a, b, at, body) => code`${body.use("diffValue")}(${a}, ${b}, ${at})`,
    schema: () => schema,
  };
}

/** Numbers of 64 bits are strings: a signed one decimal; any other, which often is an address, a mask or a double, hexadecimal. */
function wideView(signed: boolean): ViewFace<KindIr> {
  const from = signed ? "asInt64" : "asHex64";
  const to = (body: ViewBody): Code => (signed ? raw("String") : body.use("hex64"));
  return {
    toJson: (_, value, body) => code`${to(body)}(${value})`,
    fromJson: (_, json, at, body) => code`${body.use(from)}(${json}, ${at})`,
    diff: (_, a, b, at, body) => code`${body.use("diffWide")}(${a}, ${b}, ${at}, ${to(body)})`,
    schema: () => (signed ? INT64 : HEX64),
  };
}

const HEX64: JsonSchema = { type: "string", pattern: "^0x(0|[1-9a-f][0-9a-f]{0,15})$" };

const INT64: JsonSchema = {
  type: "string",
  pattern: `^(0|-?[1-9][0-9]{0,17}|${upTo("9223372036854775807")}|-(${upTo("9223372036854775808")}))$`,
};

/** Decimal numbers of as many digits as the bound has, up to it: those that are below it first at some digit, and itself. */
function upTo(bound: string): string {
  const below = [...bound].flatMap((digit, at) => {
    const [least, most] = [at === 0 ? 1 : 0, Number(digit) - 1];
    return most < least ? [] : [`${bound.slice(0, at)}[${least}-${most}][0-9]{${bound.length - at - 1}}`];
  });
  return [...below, bound].join("|");
}
