import { type Expr, literal } from "./expr/expr.ts";
import { decided, fold, foldCondition } from "./expr/fold.ts";
import type { Bindings, BodyIr, FieldIr, Ir, KindIr, MachineIr, ProfileIr, Scalar, SubsectionIr, VmsdIr } from "./ir.ts";
import { isInState } from "./kinds/index.ts";
import { nestedIn } from "./kinds/nested-in.ts";
import { allSubsections } from "./kinds/vmsd-fields.ts";

type Pins = Readonly<Record<string, Scalar>>;

export interface Specialised {
  /** The vmsds that this machine type has otherwise than in general, among them structs within; by ids of their own. */
  readonly vmsds: Readonly<Record<string, VmsdIr>>;
  /** From the id of a section or device to that of what this machine type has in its place. */
  readonly idOf: (id: string) => string;
}

/**
 * The vmsds of a machine type, with one build of the emulator where a profile is given, with its pinned properties put in. What they decide
 * is gone: a field that this machine type never sends is a constant, and a subsection that it never sends is not known.
 */
export function specialise(ir: Ir, machine: MachineIr, profile?: string): Specialised {
  const { properties, versions } = profileOf(machine, profile);
  const maker = new Maker(ir.vmsds, versions);
  const ids = new Map<string, string>();
  for (const id of [...machine.sections, ...machine.devices]) {
    const name = ir.vmsds[id]?.name ?? "";
    ids.set(id, maker.variant(id, { ...machine.properties[name], ...properties[name] }));
  }
  return { vmsds: maker.made, idOf: (id) => ids.get(id) ?? id };
}

export const NO_PROFILE: ProfileIr = { properties: {}, versions: {}, order: [] };

/** What is otherwise with a build; nothing when none is named. Throws for one that the machine type does not have. */
export function profileOf(machine: MachineIr, profile: string | undefined): ProfileIr {
  if (profile === undefined) return NO_PROFILE;
  const found = machine.profiles[profile];
  if (found === undefined) throw new Error(`${machine.name} has no profile '${profile}'.`);
  return found;
}

class Maker {
  readonly made: Record<string, VmsdIr> = {};
  private readonly general: Readonly<Record<string, VmsdIr>>;
  private readonly versions: Readonly<Record<string, number>>;
  /** Versions that concern a vmsd, by its id; those of vmsds within as well. */
  private readonly older = new Map<string, readonly string[]>();

  constructor(general: Readonly<Record<string, VmsdIr>>, versions: Readonly<Record<string, number>>) {
    this.general = general;
    this.versions = versions;
  }

  /** The id of a vmsd with some of its properties and versions pinned: its own when none concern it, else one that names them. */
  variant(id: string, pins: Pins): string {
    const own = this.concerning(id, pins);
    const names = Object.keys(own).sort();
    const older = this.olderIn(id);
    if (names.length + older.length === 0) return id;
    const variant = [id, ...names.map((name) => `${name}_${own[name]}`), ...older].join("_").replaceAll(/\W/g, "_");
    this.made[variant] ??= { ...this.pin(this.general[id] as VmsdIr, own), id: variant };
    return variant;
  }

  private olderIn(id: string): readonly string[] {
    const known = this.older.get(id);
    if (known !== undefined) return known;
    const vmsd = this.general[id] as VmsdIr;
    const bodies = [vmsd, ...allSubsections(vmsd)];
    const own = bodies.flatMap(({ name }) => (Object.hasOwn(this.versions, name) ? [`${name}_v${this.versions[name]}`] : []));
    const within = bodies.flatMap(({ fields }) => fields.flatMap(({ kind }) => nestedIn(kind).flatMap((inner) => this.olderIn(inner))));
    const all = [...new Set([...own, ...within])];
    this.older.set(id, all);
    return all;
  }

  private concerning(id: string, pins: Pins): Pins {
    const { properties } = this.general[id] as VmsdIr;
    return Object.fromEntries(Object.entries(pins).filter(([key]) => key in properties));
  }

  private pin(vmsd: VmsdIr, pins: Pins): VmsdIr {
    const test = (expr: Expr): Expr => foldCondition(expr, { properties: pins });
    const fields = (list: readonly FieldIr[]): FieldIr[] => list.map((field) => this.field(field, pins));
    const subsections = (list: readonly SubsectionIr[]): SubsectionIr[] =>
      list.map((each) => ({
        ...each,
        ...this.versionOf(each),
        fields: fields(each.fields),
        subsections: subsections(each.subsections),
        ...(each.needed === undefined ? {} : { needed: test(each.needed) }),
      }));
    const [sent, never] = partition(subsections(vmsd.subsections));
    return {
      ...vmsd,
      ...this.versionOf(vmsd),
      properties: Object.fromEntries(Object.entries(vmsd.properties).filter(([key]) => !(key in pins))),
      fields: [...fields(vmsd.fields), ...never.flatMap(absentFields)],
      subsections: sent,
      ...(vmsd.needed === undefined ? {} : { needed: test(vmsd.needed) }),
    };
  }

  /** The version that is written where that is not the newest; what only newer ones carry is on no wire then. */
  private versionOf({ name, versionId }: BodyIr): { readonly versionId: number } {
    return { versionId: Object.hasOwn(this.versions, name) ? (this.versions[name] as number) : versionId };
  }

  private field(field: FieldIr, pins: Pins): FieldIr {
    const put = (expr: Expr): Expr => fold(expr, { properties: pins });
    const test = (expr: Expr): Expr => foldCondition(expr, { properties: pins });
    const { exists, validate } = field;
    const folded = exists === undefined ? undefined : test(exists);
    const { exists: _, ...rest } = field;
    return {
      ...rest,
      kind: this.kind(field.kind, put, pins),
      // A predicate that always holds still replaces the guard by version.
      ...(folded === undefined ? {} : decided(folded) === true ? { since: 0 } : { exists: folded }),
      ...(validate === undefined ? {} : { validate: test(validate) }),
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
