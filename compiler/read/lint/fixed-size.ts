import type { Ir, KindIr, ScalarKind } from "../../ir.ts";

const SCALARS: Readonly<Record<ScalarKind, number>> = {
  bool: 1,
  uint8: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  float64: 8,
  CPU_Double_U: 8,
  timer: 8,
};

/** Bytes on the wire, where they are the same for every state; undefined otherwise. */
export function fixedSize(kind: KindIr, ir: Ir): number | undefined {
  const times = (element: KindIr, count: number): number | undefined => {
    const one = fixedSize(element, ir);
    return one === undefined ? undefined : one * count;
  };
  switch (kind.kind) {
    case "equal":
      return SCALARS[kind.scalar];
    case "int32 le":
      return 4;
    case "array":
      return times(kind.element, kind.count);
    case "array2d":
      return times(kind.element, kind.rows * kind.columns);
    case "buffer":
      return kind.size;
    case "unused_buffer":
      return kind.size.op === "literal" ? Number(kind.size.value) : undefined;
    case "bitmap":
      return kind.bits.op === "literal" ? Math.ceil(Number(kind.bits.value) / 64) * 8 : undefined;
    case "pointer":
      return fixedSize(kind.target, ir);
    case "custom":
      return fixedSize(kind.layout, ir);
    case "struct":
      return structSize(kind.vmsd, ir);
    case "sent":
      return 0;
    case "varray":
    case "varBuffer":
    case "vstruct":
    case "tmp":
    case "nullable":
    case "qtailq":
    case "qlist":
    case "gtree":
    case "marker":
      return undefined;
    default:
      return SCALARS[kind.kind];
  }
}

function structSize(id: string, ir: Ir): number | undefined {
  const vmsd = ir.vmsds[id];
  if (vmsd === undefined || vmsd.subsections.length > 0 || vmsd.fields.some(({ exists }) => exists !== undefined)) return undefined;
  return vmsd.fields.reduce<number | undefined>((sum, { kind }) => {
    const size = fixedSize(kind, ir);
    return sum === undefined || size === undefined ? undefined : sum + size;
  }, 0);
}
