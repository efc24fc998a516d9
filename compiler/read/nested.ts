import type { BodyIr, FieldIr, KindIr, SubsectionIr, VmsdIr } from "../ir.ts";

/** A vmsd within a kind. */
export interface Nested {
  readonly id: string;
  /** The kind that holds it. */
  readonly holder: KindIr & { readonly kind: "struct" | "tmp" | "vstruct" | "qtailq" | "qlist" | "gtree" };
}

/** The kinds directly within a kind. */
export function kindsWithin(kind: KindIr): readonly KindIr[] {
  switch (kind.kind) {
    case "array":
    case "array2d":
    case "varray":
      return [kind.element];
    case "pointer":
    case "nullable":
      return [kind.target];
    case "custom":
      return [kind.layout];
    case "gtree":
      return [kind.key];
    default:
      return [];
  }
}

/** The vmsds that a kind holds, but not those that these hold. */
export function nestedIn(kind: KindIr): Nested[] {
  const deeper = kindsWithin(kind).flatMap(nestedIn);
  switch (kind.kind) {
    case "struct":
    case "tmp":
    case "vstruct":
    case "qtailq":
    case "qlist":
      return [{ id: kind.vmsd, holder: kind }];
    case "gtree":
      return [...deeper, { id: kind.value, holder: kind }];
    default:
      return deeper;
  }
}

/** A vmsd's own body and those of its subsections at every depth, with the bodies that each is nested in, outermost first. */
export function bodiesOf(vmsd: VmsdIr): { readonly body: VmsdIr | SubsectionIr; readonly outer: readonly (VmsdIr | SubsectionIr)[] }[] {
  const walk = (body: VmsdIr | SubsectionIr, outer: readonly (VmsdIr | SubsectionIr)[]): ReturnType<typeof bodiesOf> => [
    { body, outer },
    ...body.subsections.flatMap((each) => walk(each, [...outer, body])),
  ];
  return walk(vmsd, []);
}

export function allFields(vmsd: VmsdIr): FieldIr[] {
  return bodiesOf(vmsd).flatMap(({ body }: { body: BodyIr }) => body.fields);
}

/** The fields that are in the state that a vmsd describes. */
export function stateFields(vmsd: VmsdIr): FieldIr[] {
  return allFields(vmsd).filter(({ kind }) => kind.kind !== "unused_buffer");
}
