import { type Expr, literal } from "./expr/expr.ts";
import { decided, fold } from "./expr/fold.ts";
import type { Bindings, FieldIr, Ir, KindIr, MachineIr, Scalar, SubsectionIr, VmsdIr } from "./ir.ts";
import { isInState } from "./kinds/index.ts";
import { allSubsections } from "./kinds/vmsd-fields.ts";

type Pins = Readonly<Record<string, Scalar>>;

export interface Specialised {
  /** The vmsds that this machine type has otherwise than in general, among them structs within; by ids of their own. */
  readonly vmsds: Readonly<Record<string, VmsdIr>>;
  /** From the id of a section or device to that of what this machine type has in its place. */
  readonly idOf: (id: string) => string;
}

/**
 * The vmsds of a machine type with its pinned properties put in. What they decide is gone: a field that this machine type never sends is a
 * constant, and a subsection that it never sends is not known.
 */
export function specialise(ir: Ir, machine: MachineIr): Specialised {
  const maker = new Maker(ir.vmsds);
  const ids = new Map<string, string>();
  for (const id of [...machine.sections, ...machine.devices]) {
    const pins = machine.properties[ir.vmsds[id]?.name ?? ""];
    if (pins !== undefined) ids.set(id, maker.variant(id, pins));
  }
  return { vmsds: maker.made, idOf: (id) => ids.get(id) ?? id };
}

class Maker {
  readonly made: Record<string, VmsdIr> = {};
  private readonly general: Readonly<Record<string, VmsdIr>>;

  constructor(general: Readonly<Record<string, VmsdIr>>) {
    this.general = general;
  }

  /** The id of a vmsd with some of its properties pinned: its own when they do not concern it, else one that names them. */
  variant(id: string, pins: Pins): string {
    const own = this.concerning(id, pins);
    const names = Object.keys(own).sort();
    if (names.length === 0) return id;
    const variant = [id, ...names.map((name) => `${name}_${own[name]}`)].join("_").replaceAll(/\W/g, "_");
    this.made[variant] ??= { ...this.pin(this.general[id] as VmsdIr, own), id: variant };
    return variant;
  }

  private concerning(id: string, pins: Pins): Pins {
    const { properties } = this.general[id] as VmsdIr;
    return Object.fromEntries(Object.entries(pins).filter(([key]) => key in properties));
  }

  private pin(vmsd: VmsdIr, pins: Pins): VmsdIr {
    const put = (expr: Expr): Expr => fold(expr, { properties: pins });
    const fields = (list: readonly FieldIr[]): FieldIr[] => list.map((field) => this.field(field, put, pins));
    const subsections = (list: readonly SubsectionIr[]): SubsectionIr[] =>
      list.map((each) => ({
        ...each,
        fields: fields(each.fields),
        subsections: subsections(each.subsections),
        ...(each.needed === undefined ? {} : { needed: put(each.needed) }),
      }));
    const [sent, never] = partition(subsections(vmsd.subsections));
    return {
      ...vmsd,
      properties: Object.fromEntries(Object.entries(vmsd.properties).filter(([key]) => !(key in pins))),
      fields: [...fields(vmsd.fields), ...never.flatMap(absentFields)],
      subsections: sent,
      ...(vmsd.needed === undefined ? {} : { needed: put(vmsd.needed) }),
    };
  }

  private field(field: FieldIr, put: (expr: Expr) => Expr, pins: Pins): FieldIr {
    const { exists, validate } = field;
    const folded = exists === undefined ? undefined : put(exists);
    const { exists: _, ...rest } = field;
    return {
      ...rest,
      kind: this.kind(field.kind, put, pins),
      // A predicate that always holds still replaces the guard by version.
      ...(folded === undefined ? {} : decided(folded) === true ? { since: 0 } : { exists: folded }),
      ...(validate === undefined ? {} : { validate: put(validate) }),
    };
  }

  private kind(kind: KindIr, put: (expr: Expr) => Expr, pins: Pins): KindIr {
    const inner = (each: KindIr): KindIr => this.kind(each, put, pins);
    switch (kind.kind) {
      case "equal":
      case "int32 le":
        return kind.local === undefined ? kind : { ...kind, local: put(kind.local) };
      case "array":
      case "array2d":
        return { ...kind, element: inner(kind.element) };
      case "varray":
        return { ...kind, element: inner(kind.element), count: put(kind.count) };
      case "varBuffer":
      case "unused_buffer":
        return { ...kind, size: put(kind.size) };
      case "bitmap":
        return { ...kind, bits: put(kind.bits) };
      case "pointer":
        return { ...kind, target: inner(kind.target) };
      case "nullable":
        return { ...kind, target: inner(kind.target), isNull: put(kind.isNull) };
      case "custom":
        return { ...kind, layout: inner(kind.layout) };
      case "struct":
      case "vstruct":
      case "tmp":
      case "qtailq":
      case "qlist":
        return this.nested(kind, put, pins);
      case "gtree":
        return { ...kind, key: inner(kind.key), value: this.variant(kind.value, pins) };
      default:
        return kind;
    }
  }

  /** A struct within: pins from around, but for what is set for it; of that, what has become a constant is a pin too. */
  private nested<K extends KindIr & { readonly vmsd: string; readonly with: Bindings }>(kind: K, put: (expr: Expr) => Expr, pins: Pins): K {
    const bindings = Object.entries(kind.with).map(([name, expr]) => [name, put(expr)] as const);
    const constant = bindings.flatMap(([name, expr]) => (expr.op === "literal" ? [[name, expr.value] as const] : []));
    const open = bindings.filter(([, expr]) => expr.op !== "literal");
    const around = Object.entries(pins).filter(([name]) => !(name in kind.with));
    const inner = Object.fromEntries([...around, ...constant]);
    const vmsd = this.variant(kind.vmsd, inner);
    return { ...kind, vmsd, with: Object.fromEntries(open) };
  }
}

/** Subsections that may be sent, and those that are never. */
function partition(list: readonly SubsectionIr[]): [SubsectionIr[], SubsectionIr[]] {
  const never = list.filter(({ needed }) => decided(needed) === false);
  const sent = list
    .filter((each) => !never.includes(each))
    .map((each) => {
      const [inner, gone] = partition(each.subsections);
      return { ...each, fields: [...each.fields, ...gone.flatMap(absentFields)], subsections: inner };
    });
  return [sent, never];
}

/** The fields of a subsection that is never sent: the state still has them. */
function absentFields(subsection: SubsectionIr): FieldIr[] {
  return [subsection, ...allSubsections(subsection)]
    .flatMap(({ fields }) => fields)
    .filter(({ kind }) => isInState(kind))
    .map((field) => ({ ...field, exists: literal(false) }));
}
