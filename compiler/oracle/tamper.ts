import type { Value } from "../expr/expr.ts";
import type { State } from "../interpret/input.ts";
import type { KindIr, VmsdIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";
import { stateFields } from "../kinds/vmsd-fields.ts";
import { plain } from "./outcome.ts";
import type { Random } from "./random.ts";

/** The state with one thing in it as it may not be, or may: another length, a null where none is due, another number. */
export function tampered(state: State, vmsd: VmsdIr, program: Program, random: Random): State {
  const changed = plain(state) as State;
  tamperField(changed, vmsd, program, random);
  return changed;
}

function tamperField(state: State, vmsd: VmsdIr, program: Program, random: Random): void {
  const fields = stateFields(vmsd);
  if (fields.length === 0) return;
  const { key, kind } = random.pick(fields);
  state[key] = tamper(kind, state[key], program, random);
}

function tamper(kind: KindIr, value: Value, program: Program, random: Random): Value {
  switch (kind.kind) {
    case "array":
    case "array2d":
    case "varray": {
      const values = value as Value[];
      if (values.length === 0 || random.chance(0.4)) return otherLength(values, random);
      const at = random.below(values.length);
      return values.map((each, index) => (index === at ? tamper(kind.element, each, program, random) : each));
    }
    case "bitmap":
      return otherLength(value as Value[], random);
    case "buffer":
    case "varBuffer": {
      const bytes = value as Uint8Array;
      return random.chance(0.5) ? bytes.subarray(1) : Uint8Array.of(...bytes, 0);
    }
    case "nullable":
      return value === undefined ? 0 : undefined;
    case "struct":
    case "vstruct":
    case "tmp":
      tamperField(value as State, program.vmsd(kind.vmsd), program, random);
      return value;
    case "qtailq":
    case "qlist":
    case "gtree": {
      const [first] = value as Value[];
      return first === undefined ? value : Array.from({ length: kind.max + random.below(2) }, () => plain(first) as Value);
    }
    case "pointer":
      return tamper(kind.target, value, program, random);
    case "custom":
      return tamper(kind.layout, value, program, random);
    default:
      if (typeof value === "number") return random.below(9);
      return typeof value === "boolean" ? !value : value;
  }
}

function otherLength(values: readonly Value[], random: Random): Value[] {
  const [first] = values;
  return first === undefined || random.chance(0.5) ? values.slice(1) : [...values, plain(first) as Value];
}
