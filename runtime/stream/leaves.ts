import type { FieldValue } from "./description/values.ts";
import type { FieldNode, SectionState, VmsdNode } from "./state.ts";

/** A value of a section's state, or a byte or more that hold no value: a list's mark, a subsection's head. */
export interface Leaf {
  /** Fields down to it, as `mac_reg[ICR]`, `tx.size` or `e1000/full_mac_state.mac_reg[3]`. */
  readonly path: string;
  readonly type: string;
  /** Offset in the stream. */
  readonly at: number;
  readonly bytes: number;
  readonly value: FieldValue;
}

/** All values of a state in the order of the wire. */
export function leavesOf(state: SectionState): Leaf[] {
  const leaves: Leaf[] = [];
  walk(state, "", leaves);
  return leaves;
}

function walk({ fields, subsections }: Pick<VmsdNode, "fields" | "subsections">, prefix: string, leaves: Leaf[]): void {
  for (const field of fields) walkField(field, prefix, leaves);
  for (const subsection of subsections) walk(subsection, `${subsection.vmsd}.`, leaves);
}

function walkField(field: FieldNode, prefix: string, leaves: Leaf[]): void {
  const { name, index, type, at, size, value, struct, elements } = field;
  const path = `${prefix}${name}${index === undefined ? "" : `[${index}]`}`;
  const structs = elements ?? (isList(struct) ? struct : undefined);
  if (structs !== undefined) for (const [nth, each] of structs.entries()) walk(each, `${path}[${nth}].`, leaves);
  else if (struct !== undefined && !isList(struct)) walk(struct, `${path}.`, leaves);
  else if (isList(value))
    for (const [nth, each] of value.entries())
      leaves.push({ path: `${path}[${nth}]`, type, at: at + nth * size, bytes: size, value: each });
  else if (value !== undefined) leaves.push({ path, type, at, bytes: size, value });
}

function isList<T>(value: T | readonly T[] | undefined): value is readonly T[] {
  return Array.isArray(value);
}
