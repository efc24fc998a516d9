import type { VmsdFacts } from "./facts.ts";
import { type Family, isSection } from "./family.ts";
import type { Input } from "./input.ts";
import type { Match } from "./match.ts";
import { plainWord } from "./names.ts";
import type { PropertyPlan, VmsdPlan } from "./plan.ts";
import { planVmsd } from "./plan-vmsd.ts";

type Draft = Omit<VmsdPlan, "overrides">;

/** Plans every vmsd of the inputs. `properties` are the names in use in all that is declared already. */
export function planAll(
  all: readonly VmsdFacts[],
  inputs: readonly Input[],
  matches: ReadonlyMap<Family, Match>,
  properties: ReadonlySet<string>,
): Map<Family, VmsdPlan> {
  const used = new Set(properties);
  const drafts = new Map<Family, Draft>();
  for (const facts of all) {
    const { family } = facts;
    const match = matches.get(family);
    const property = (name: string): string => {
      const own = `${name}_of_${plainWord(match?.existing.vmsd.id ?? family.name)}`;
      let free = used.has(name) ? own : name;
      for (let n = 2; used.has(free); n++) free = `${own}_${n}`;
      used.add(free);
      return free;
    };
    drafts.set(family, planVmsd(facts, inputs, { match, property }));
  }
  return new Map(
    [...drafts].map(([family, draft]) => [family, { ...draft, overrides: isSection(family) ? overridesOf(family, drafts) : [] }]),
  );
}

/** What streams say of the properties of the vmsds within a section, where that is not what these have by themselves. */
function overridesOf(section: Family, drafts: ReadonlyMap<Family, Draft>): PropertyPlan[] {
  const within = new Set<Family>();
  const add = (family: Family): void => {
    for (const inner of family.inner.values()) {
      if (within.has(inner)) continue;
      within.add(inner);
      add(inner);
    }
  };
  add(section);
  within.delete(section);
  const known = new Map<string, PropertyPlan>();
  for (const property of [...within]
    .flatMap((family) => drafts.get(family)?.bodies.flatMap(({ fields }) => fields) ?? [])
    .flatMap((each) => each.properties)) {
    const value = property.valueIn(section);
    if (value !== undefined && value !== property.value) known.set(property.name, { ...property, value });
  }
  return [...known.values()];
}
