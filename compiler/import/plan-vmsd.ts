import { allSubsections } from "../kinds/vmsd-fields.ts";
import { declaredProperties } from "./declared-properties.ts";
import type { FieldFacts, VmsdFacts } from "./facts.ts";
import type { Input } from "./input.ts";
import type { Match } from "./match.ts";
import { plainWord } from "./names.ts";
import type { BodyPlan, FieldPlan, FlagPlan, PropertyPlan, VmsdPlan } from "./plan.ts";
import { planKind } from "./plan-kind.ts";
import { alternativesOf, presenceOf } from "./presence.ts";
import { slotKey } from "./slots.ts";

/** What is given where the vmsd stands, or will stand. */
export interface Given {
  /** Its declaration, when there is one. */
  readonly match: Match | undefined;
  /** Gives a property's name that no other vmsd has: structs share the properties of what they are within. */
  readonly property: (name: string) => string;
}

/** Decides how each field is written. `overrides` are added when all vmsds have been planned. */
export function planVmsd(facts: VmsdFacts, inputs: readonly Input[], given: Given): Omit<VmsdPlan, "overrides"> {
  const keys = new Set(keysOf(given.match));
  const bodies = facts.bodies.map((body): BodyPlan => {
    const newest = inputs[body.dumps[0] ?? -1];
    const countsKnown = newest?.is === "dump" && newest.countsKnown;
    const known = given.match?.bodies.get(body.name)?.aligned;
    const alternatives = alternativesOf(body.fields.filter(({ slot }) => known?.has(slotKey(slot)) !== true));
    const flags = new Map<string, PropertyPlan>();
    const fields = body.fields.map((field): FieldPlan => {
      const declared = known?.get(slotKey(field.slot));
      const key = declared?.key ?? freeKey(field.slot.name, keys, body.fields, field);
      keys.add(key);
      const { kind, marks, properties } = planKind(field, countsKnown, (what) =>
        declared === undefined ? given.property(`${what}_${plainWord(key)}`) : what,
      );
      if (declared !== undefined)
        return {
          facts: field,
          key,
          kind,
          marks: [],
          exists: undefined,
          properties: declaredProperties(field, declared, properties, given.match),
        };
      const presence = presenceOf(field, key, alternatives.get(field), flags, given);
      return {
        facts: field,
        key,
        kind,
        marks: [...marks, ...presence.marks],
        exists: presence.exists,
        properties: [...properties, ...presence.properties],
      };
    });
    return { facts: body, fields, marks: bodyMarks(body) };
  });
  return { facts, bodies, flags: flagsOf(facts, keys) };
}

function bodyMarks({ minimumVersionId }: BodyPlan["facts"]): string[] {
  return minimumVersionId === undefined
    ? ["A stream does not tell the oldest version that is accepted; this is the oldest that was sent."]
    : [];
}

function keysOf(match: Match | undefined): string[] {
  if (match === undefined) return [];
  const { vmsd } = match.existing;
  return [vmsd, ...allSubsections(vmsd)].flatMap(({ fields }) => fields.map(({ key }) => key));
}

/** Fields of all bodies share one state; a name that another has gets a number, and an integer would be moved to the front. */
function freeKey(name: string, keys: ReadonlySet<string>, fields: readonly FieldFacts[], own: FieldFacts): string {
  const others = new Set(fields.filter((each) => each !== own).map(({ slot }) => slot.name));
  const isFree = (key: string): boolean => !keys.has(key) && key !== "__proto__" && !/^(0|[1-9]\d*)$/.test(key);
  if (isFree(name)) return name;
  for (let n = 1; ; n++) {
    const key = `${name}_${n}`;
    if (isFree(key) && !others.has(key)) return key;
  }
}

/** When a subsection is sent no metadata says; that it was is all that the wire needs. */
function flagsOf({ bodies }: VmsdFacts, keys: Set<string>): FlagPlan[] {
  return bodies.flatMap(({ isMain, name, of }) => {
    if (isMain) return [];
    const outer = of ?? bodies[0]?.name ?? "";
    const short = plainWord(name.startsWith(outer) && name.length > outer.length ? name.slice(outer.length) : name);
    let key = `sent_${short}`;
    for (let n = 1; keys.has(key); n++) key = `sent_${short}_${n}`;
    keys.add(key);
    return [{ key, subsection: name }];
  });
}
