import { type Code, code, raw } from "../emit/code.ts";
import type { Module } from "../emit/module.ts";
import { place } from "../emit/place.ts";
import type { Value } from "../expr/expr.ts";
import type { KindIr, ScalarKind } from "../ir.ts";
import type { At, Kind } from "./kind.ts";

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

/** Unsigned values are stored as signed ones: the bytes are the same, with fewer checks. */
function writeScalar({ bytes, type }: Facts, value: Code, at: At, into: Module): Code[] {
  const view = raw(at.view);
  if (type === "boolean") return [code`${view}.setUint8(${place(at)}, ${value} ? 1 : 0);`];
  if (bytes < 8) return [code`${view}.setInt${bytes * 8}(${place(at)}, ${value});`];
  into.splitsBigints();
  return [code`S64[0] = ${value};`, code`${view}.setInt32(${place(at)}, S32[HIGH]!);`, code`${view}.setInt32(${place(at, 4)}, S32[LOW]!);`];
}
