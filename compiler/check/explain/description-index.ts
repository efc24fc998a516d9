import type { Metadata, Vmsd } from "../../describe/index.ts";

/** Which sections hold which descriptions, by the names that a log uses. */
export interface DescriptionIndex {
  /** Types by the name of their own description. */
  readonly sections: ReadonlyMap<string, ReadonlySet<string>>;
  /** Types by the name of any description in them: their own, a struct's or a subsection's. */
  readonly holders: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of the fields and subsections in a type's section whose presence a predicate decides. */
  readonly conditional: ReadonlyMap<string, ReadonlySet<string>>;
}

export function indexDescriptions(...files: readonly Metadata[]): DescriptionIndex {
  const sections = new Map<string, Set<string>>();
  const holders = new Map<string, Set<string>>();
  const conditional = new Map<string, Set<string>>();
  for (const { sections: listed } of files) {
    for (const [type, section] of listed) {
      add(sections, section.Description?.name ?? section.Name ?? type, type);
      if (section.Description === undefined) continue;
      for (const vmsd of withInner(section.Description)) {
        add(holders, vmsd.name, type);
        for (const { field, field_exists } of vmsd.Fields ?? []) if (field_exists === true) add(conditional, type, field);
        for (const { name } of vmsd.Subsections ?? []) add(conditional, type, name);
      }
    }
  }
  return { sections, holders, conditional };
}

/**
 * The description that a section of a stream belongs to: `0000:00:01.3/piix4_pm` is `piix4_pm`. The path may have several parts and a
 * description's own name a slash, so the longest end that is a known name counts; failing that what follows the last slash.
 */
export function descriptionOf(id: string, { sections }: DescriptionIndex): string {
  for (let rest = id; ; ) {
    if (sections.has(rest)) return rest;
    const slash = rest.indexOf("/");
    if (slash < 0) return rest;
    rest = rest.slice(slash + 1);
  }
}

/** A description and all that is in it, outermost first. */
function* withInner(vmsd: Vmsd): Generator<Vmsd> {
  yield vmsd;
  for (const { Description } of vmsd.Fields ?? []) if (Description !== undefined) yield* withInner(Description);
  for (const inner of vmsd.Subsections ?? []) yield* withInner(inner);
}

function add(map: Map<string, Set<string>>, name: string, type: string): void {
  const types = map.get(name);
  if (types === undefined) map.set(name, new Set([type]));
  else types.add(type);
}
