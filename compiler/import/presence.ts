import { mostCommon, same } from "./common.ts";
import type { FieldFacts } from "./facts.ts";
import { plainWord } from "./names.ts";
import type { PropertyPlan } from "./plan.ts";
import type { Given } from "./plan-vmsd.ts";

interface Presence {
  readonly exists: string | undefined;
  readonly marks: readonly string[];
  readonly properties: readonly PropertyPlan[];
}

/** When a field is there that not every device has: a property says it, whose default is what most devices have. */
export function presenceOf(
  field: FieldFacts,
  key: string,
  alternative: FieldFacts | undefined,
  flags: Map<string, PropertyPlan>,
  given: Given,
): Presence {
  if (field.presence === "always") return { exists: undefined, marks: [], properties: [] };
  const first = alternative === undefined ? undefined : flags.get(alternative.slot.name);
  if (first !== undefined) return { exists: `(_s, m) => m.${first.name}`, marks: [], properties: [] };
  const name = given.property(`has_${plainWord(key)}${alternative === undefined ? "" : "_1"}`);
  const of = alternative ?? field;
  const property: PropertyPlan = {
    name,
    value: defaultOf(of, alternative !== undefined),
    // What a build has is no matter of the section.
    valueIn: (section) => (of.presence === "someBuilds" ? undefined : same(presencesIn(of, section))),
  };
  flags.set(field.slot.name, property);
  const mark =
    alternative !== undefined
      ? "One of two under this name is there; which, the metadata does not say."
      : field.presence === "conditional"
        ? "Conditional; the predicate is not in the metadata."
        : "Builds differ in whether it is there.";
  return { exists: alternative === undefined ? `(_s, m) => m.${name}` : `(_s, m) => !m.${name}`, marks: [mark], properties: [property] };
}

/** As the newest build, or as most devices had it; where no stream tells, a condition is taken to hold, and of two the first. */
function defaultOf(field: FieldFacts, isSecond: boolean): boolean {
  if (field.presence === "someBuilds") return field.isCurrent;
  const known = mostCommon([...field.unseen.map(() => false), ...field.seen.map(() => true)]);
  return known ?? !isSecond;
}

export function presencesIn(field: FieldFacts, section: unknown): boolean[] {
  const inSection = (each: { readonly section: unknown }): boolean => each.section === section;
  return [...field.seen.filter(inSection).map(() => true), ...field.unseen.filter(inSection).map(() => false)];
}

/** Two conditional fields of one name of which no device had both, and every device one: the first with the second and the other way round. */
export function alternativesOf(fields: readonly FieldFacts[]): Map<FieldFacts, FieldFacts> {
  const pairs = new Map<FieldFacts, FieldFacts>();
  for (const first of fields) {
    const named = fields.filter(({ slot, presence }) => slot.name === first.slot.name && presence === "conditional");
    const [a, b] = named;
    if (named.length !== 2 || a === undefined || b === undefined || a !== first) continue;
    const withB = new Set(b.seen.map(({ device }) => device));
    if (a.seen.some(({ device }) => withB.has(device)) || a.unseen.some(({ device }) => !withB.has(device))) continue;
    pairs.set(a, b);
    pairs.set(b, a);
  }
  return pairs;
}
