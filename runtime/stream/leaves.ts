import type { FieldValue } from "./description/values.ts";
import type { FieldNode, SectionState, SubsectionNode, VmsdNode } from "./state.ts";

/** A value of a section's state. The bytes between two are no field's: a subsection's head, a list's mark. */
export interface Leaf {
  /** Fields down to it, as `mac_reg[3]`, `tx.size` or `e1000/full_mac_state.mac_reg[3]`; a second of one path is called `path#2`. */
  readonly path: string;
  readonly type: string;
  /** Offset in the stream. */
  readonly at: number;
  readonly bytes: number;
  readonly value: FieldValue;
}

/** What a walk over a state meets, in the order of the wire. */
export interface Visitor {
  readonly leaf: (leaf: Leaf) => unknown;
  /** Before what it holds; its path ends with its name. */
  readonly subsection: (path: string, subsection: SubsectionNode) => unknown;
}

/** All values of a state in the order of the wire. */
export function leavesOf(state: SectionState): Leaf[] {
  const leaves: Leaf[] = [];
  visitState(state, { leaf: (leaf) => leaves.push(leaf), subsection: () => {} });
  return leaves;
}

export function visitState(state: SectionState, visitor: Visitor): void {
  const times = new Map<string, number>();
  const unique = (path: string): string => {
    const nth = (times.get(path) ?? 0) + 1;
    times.set(path, nth);
    // i8254 has a field that is called as if it were one of an element of its array.
    return nth === 1 ? path : `${path}#${nth}`;
  };
  visit(state, "", {
    leaf: (leaf) => visitor.leaf({ ...leaf, path: unique(leaf.path) }),
    subsection: (path, subsection) => visitor.subsection(unique(path), subsection),
  });
}

function visit({ fields, subsections }: Pick<VmsdNode, "fields" | "subsections">, prefix: string, visitor: Visitor): void {
  let first = 0;
  for (const [nth, field] of fields.entries()) {
    if (fields[first]?.name !== field.name) first = nth;
    // QEMU 10.0 leaves the index of an array's last element away, 11.1 that of each.
    const isElement = nth > first || fields[nth + 1]?.name === field.name;
    const index = field.index ?? (isElement ? nth - first : undefined);
    visitField(field, `${prefix}${field.name}${index === undefined ? "" : `[${index}]`}`, visitor);
  }
  for (const subsection of subsections) {
    const path = `${prefix}${subsection.vmsd}`;
    visitor.subsection(path, subsection);
    visit(subsection, `${path}.`, visitor);
  }
}

function visitField({ type, at, size, value, struct, elements }: FieldNode, path: string, visitor: Visitor): void {
  const structs = elements ?? (isList(struct) ? struct : undefined);
  if (structs !== undefined) for (const [nth, each] of structs.entries()) visit(each, `${path}[${nth}].`, visitor);
  else if (struct !== undefined && !isList(struct)) visit(struct, `${path}.`, visitor);
  else if (isList(value))
    for (const [nth, each] of value.entries())
      visitor.leaf({ path: `${path}[${nth}]`, type, at: at + nth * size, bytes: size, value: each });
  else if (value !== undefined) visitor.leaf({ path, type, at, bytes: size, value });
}

function isList<T>(value: T | readonly T[] | undefined): value is readonly T[] {
  return Array.isArray(value);
}
