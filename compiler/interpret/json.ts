import type { Value } from "../expr/expr.ts";
import type { JsonValue, KindIr, VmsdIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";
import { stateFields } from "../kinds/vmsd-fields.ts";

type State = { readonly [key: string]: Value };

// The JSON form of states straight from the intermediate form and from FORMAT.md: the oracle for the views that are generated.

export function interpretJson(vmsd: VmsdIr, state: State, program: Program): { readonly [key: string]: JsonValue } {
  return Object.fromEntries(stateFields(vmsd).map(({ key, kind }) => [key, jsonOf(kind, state[key], program)]));
}

/** The JSON form of a value of a kind. */
export function jsonOf(kind: KindIr, value: Value, program: Program): JsonValue {
  if (value === undefined) return null;
  const many = (element: KindIr): JsonValue => (value as readonly Value[]).map((each) => jsonOf(element, each, program));
  const nested = (id: string, inner: Value): JsonValue => interpretJson(program.vmsd(id), inner as State, program);
  switch (kind.kind) {
    case "int64":
    case "timer":
      return String(value);
    case "uint64":
    case "float64":
    case "CPU_Double_U":
      return `0x${(value as bigint).toString(16)}`;
    case "equal":
      return jsonOf({ kind: kind.scalar }, value, program);
    case "buffer":
    case "varBuffer":
      return Buffer.from(value as Uint8Array).toString("hex");
    case "bitmap":
      return many({ kind: "uint64" });
    case "array":
    case "array2d":
    case "varray":
      return many(kind.element);
    case "qtailq":
    case "qlist":
      return (value as readonly Value[]).map((each) => nested(kind.vmsd, each));
    case "gtree":
      return (value as readonly { key: Value; value: Value }[]).map((node) => ({
        key: jsonOf(kind.key, node.key, program),
        value: nested(kind.value, node.value),
      }));
    case "struct":
    case "vstruct":
    case "tmp":
      return nested(kind.vmsd, value);
    case "pointer":
    case "nullable":
      return jsonOf(kind.target, value, program);
    case "custom":
      return jsonOf(kind.layout, value, program);
    default:
      return value as number | boolean;
  }
}
