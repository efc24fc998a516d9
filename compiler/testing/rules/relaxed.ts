import type { FieldIr, KindIr, SubsectionIr, VmsdIr } from "../../ir.ts";

/**
 * The same vmsds without rules: what writes bytes that the strict ones must refuse. Limits of counts stay, as a load looks at a count before
 * it looks at what comes behind.
 */
export function relaxed(vmsds: Readonly<Record<string, VmsdIr>>): Record<string, VmsdIr> {
  return Object.fromEntries(
    Object.entries(vmsds).map(([id, vmsd]) => [
      id,
      { ...vmsd, fields: vmsd.fields.map(relaxedField), subsections: vmsd.subsections.map(relaxedSubsection) },
    ]),
  );
}

function relaxedSubsection(subsection: SubsectionIr): SubsectionIr {
  return { ...subsection, fields: subsection.fields.map(relaxedField), subsections: subsection.subsections.map(relaxedSubsection) };
}

function relaxedField({ validate: _, ...field }: FieldIr): FieldIr {
  return { ...field, kind: relaxedKind(field.kind) };
}

function relaxedKind(kind: KindIr): KindIr {
  switch (kind.kind) {
    case "equal":
      return { kind: kind.scalar };
    case "int32 le":
      return { kind: "int32" };
    case "array":
    case "array2d":
      return { ...kind, element: relaxedKind(kind.element) };
    case "varray":
      return { ...kind, element: relaxedKind(kind.element) };
    // The elements of a list come before it is known how many they are.
    case "qtailq":
    case "qlist":
    case "gtree":
      return { ...kind, max: Number.POSITIVE_INFINITY };
    case "pointer":
    case "nullable":
      return { ...kind, target: relaxedKind(kind.target) };
    case "custom":
      return { ...kind, layout: relaxedKind(kind.layout) };
    default:
      return kind;
  }
}
