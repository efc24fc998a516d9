import type { ModelField, ModelPair, ModelVmsd } from "./schema.ts";

/** A field with all that surrounds it, as one place in the order of its section or subsection. */
export interface Entry {
  readonly field: ModelField;
  /** The vmsd that lists it. */
  readonly vmsd: ModelVmsd;
  /** The section or subsection whose bytes it is part of. */
  readonly container: number;
  /** Conditional structs and subsections that it lies in; its own condition is not among them. */
  readonly behind: readonly string[];
  /** What must hold for it to be sent as a part of its container: the conditions of those structs, and its own. */
  readonly predicates: readonly string[];
  /** Of the structs that it lies in: from which version on each is sent, and how often. */
  readonly guards: readonly string[];
  readonly order: number;
}

export type Entries = ReadonlyMap<number, Entry>;

/** All fields of a device by identity. Structs come before what is in them; subsections are containers of their own. */
export function entriesOf(device: ModelVmsd): Entries {
  const entries = new Map<number, Entry>();
  const visit = (
    vmsd: ModelVmsd,
    around: Pick<Entry, "container" | "behind" | "guards"> & { readonly within: readonly string[] },
  ): void => {
    const { container, behind, guards, within } = around;
    for (const field of vmsd.fields) {
      const own = field.condition === undefined ? [] : [field.condition];
      const predicates = [...within, ...own];
      entries.set(field.id, { field, vmsd, container, behind, predicates, guards, order: entries.size });
      if (field.vmsd === undefined) continue;
      visit(field.vmsd, {
        container,
        behind: [...behind, ...own],
        guards: [...guards, `${field.version}x${field.count}`],
        within: predicates,
      });
    }
    for (const subsection of vmsd.subsections) {
      visit(subsection, { container: subsection.id, behind: [...behind, subsection.needed ?? "always"], guards, within: [] });
    }
  };
  visit(device, { container: device.id, behind: [], guards: [], within: [] });
  return entries;
}

/** A field that both builds have. */
export interface Common {
  readonly old: Entry;
  readonly new: Entry;
}

export function commonOf(old: Entries, new_: Entries): Common[] {
  return [...old].flatMap(([id, entry]) => {
    const other = new_.get(id);
    return other === undefined ? [] : [{ old: entry, new: other }];
  });
}

export function onlyIn(entries: Entries, other: Entries): Entry[] {
  return [...entries.values()].filter(({ field }) => !other.has(field.id));
}

/** Two fields of one container that come in another order in the other build. */
export function isInverted(a: Common, b: Common): boolean {
  return (
    a.old.container === b.old.container && a.new.container === b.new.container && a.old.order < b.old.order !== a.new.order < b.new.order
  );
}

export function isRenamed({ old, new: new_ }: Common): boolean {
  return old.field.name !== new_.field.name;
}

export function isReshaped({ old, new: new_ }: Common): boolean {
  return old.field.size !== new_.field.size || old.field.count !== new_.field.count || old.field.content !== new_.field.content;
}

/** Some file of the pair is so old that it has no `num`. */
export function countsHidden({ flavours }: ModelPair): boolean {
  return flavours.old === "old-dump" || flavours.new === "old-dump";
}
