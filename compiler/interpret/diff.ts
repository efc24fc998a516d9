import { isDeepStrictEqual } from "node:util";
import type { Value } from "../expr/expr.ts";
import type { JsonValue, KindIr, VmsdIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";
import { stateFields } from "../kinds/vmsd-fields.ts";
import { jsonOf } from "./json.ts";

type State = { readonly [key: string]: Value };

interface Found {
  readonly path: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
}

/** What differs between two states, slowly: the oracle for the differs that are generated. */
export function interpretDiff(vmsd: VmsdIr, a: State, b: State, program: Program, at = ""): Found[] {
  return stateFields(vmsd).flatMap(({ key, kind }) => diffOf(kind, a[key], b[key], at === "" ? key : `${at}.${key}`, program));
}

function diffOf(kind: KindIr, a: Value, b: Value, at: string, program: Program): Found[] {
  if (isDeepStrictEqual(a, b)) return [];
  const whole = (): Found[] => [{ path: at, from: jsonOf(kind, a, program), to: jsonOf(kind, b, program) }];
  if (a === undefined || b === undefined) return whole();
  const inner = (each: KindIr): Found[] => diffOf(each, a, b, at, program);
  const many = (of: (one: Value, other: Value, path: string) => Found[]): Found[] => {
    const [left, right] = [a as readonly Value[], b as readonly Value[]];
    const lengths = left.length === right.length ? [] : [{ path: `${at}.length`, from: left.length, to: right.length }];
    return [...lengths, ...left.slice(0, right.length).flatMap((each, i) => of(each, right[i], `${at}[${i}]`))];
  };
  const elements = (element: KindIr): Found[] => many((one, other, path) => diffOf(element, one, other, path, program));
  switch (kind.kind) {
    case "array":
    case "array2d":
    case "varray":
      return elements(kind.element);
    case "bitmap":
      return elements({ kind: "uint64" });
    case "qtailq":
    case "qlist":
      return elements({ kind: "struct", vmsd: kind.vmsd, with: {} });
    case "gtree":
      return many((one, other, path) => {
        const [left, right] = [one as State, other as State];
        const value: KindIr = { kind: "struct", vmsd: kind.value, with: {} };
        return [
          ...diffOf(kind.key, left.key, right.key, `${path}.key`, program),
          ...diffOf(value, left.value, right.value, `${path}.value`, program),
        ];
      });
    case "buffer":
    case "varBuffer":
      return diffBytes(a as Uint8Array, b as Uint8Array, at);
    case "struct":
    case "vstruct":
    case "tmp":
      return interpretDiff(program.vmsd(kind.vmsd), a as State, b as State, program, at);
    case "pointer":
    case "nullable":
      return inner(kind.target);
    case "custom":
      return inner(kind.layout);
    default:
      return whole();
  }
}

/** Bytes that differ, by runs, told from a text of marks. */
function diffBytes(a: Uint8Array, b: Uint8Array, at: string): Found[] {
  const lengths = a.length === b.length ? [] : [{ path: `${at}.length`, from: a.length, to: b.length }];
  const marks = Array.from({ length: Math.min(a.length, b.length) }, (_, i) => (a[i] === b[i] ? "=" : "x")).join("");
  const runs = [...marks.matchAll(/x+/g)].map(({ index, 0: run }) => {
    const [first, end] = [index, index + run.length];
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).subarray(first, end).toString("hex");
    return { path: `${at}[${run.length === 1 ? first : `${first}..${end - 1}`}]`, from: hex(a), to: hex(b) };
  });
  return [...lengths, ...runs];
}
