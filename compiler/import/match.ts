import type { BodyIr, SubsectionIr, VmsdIr } from "../ir.ts";
import { allSubsections } from "../kinds/vmsd-fields.ts";
import { type Alignment, alignFields } from "./align.ts";
import type { Existing, ExistingVmsd } from "./existing.ts";
import type { VmsdFacts } from "./facts.ts";
import type { Family } from "./family.ts";

/** A vmsd of the metadata that is declared already. */
export interface Match {
  readonly existing: ExistingVmsd;
  /** By the body's name. */
  readonly bodies: ReadonlyMap<string, BodyMatch>;
}

export interface BodyMatch {
  readonly body: BodyIr;
  readonly aligned: Alignment;
}

/** Least part of the names that two vmsds of one name share when they are one. */
const ALIKE = 0.3;

/** Finds the declarations: by name, of several by a type, then by how many fields they share. */
export function matchExisting(all: readonly VmsdFacts[], { vmsds }: Existing): Map<Family, Match> {
  const matches = new Map<Family, Match>();
  for (const name of new Set(all.map((each) => each.name))) {
    const facts = all.filter((each) => each.name === name);
    const declared = vmsds.filter(({ vmsd }) => vmsd.name === name || vmsd.aliases?.includes(name) === true);
    const isOnly = facts.length === 1 && declared.length === 1;
    const pairs = facts
      .flatMap((each) => declared.map((existing) => ({ each, existing, score: isOnly ? 1 : likeness(each, existing.vmsd) })))
      .filter(({ score }) => score >= ALIKE)
      .sort((a, b) => b.score - a.score);
    const taken = new Set<ExistingVmsd>();
    for (const { each, existing } of pairs) {
      if (matches.has(each.family) || taken.has(existing)) continue;
      taken.add(existing);
      matches.set(each.family, matchOf(each, existing));
    }
  }
  return matches;
}

function matchOf({ bodies, name }: VmsdFacts, existing: ExistingVmsd): Match {
  const { vmsd } = existing;
  const found = bodies.flatMap((facts) => {
    const body = facts.isMain && facts.name === name ? vmsd : bodyNamed(vmsd, facts.name);
    return body === undefined ? [] : [[facts.name, { body, aligned: alignFields(facts, body) }] as const];
  });
  return { existing, bodies: new Map(found) };
}

function bodyNamed(vmsd: VmsdIr, name: string): SubsectionIr | undefined {
  return allSubsections(vmsd).find((each) => each.name === name);
}

function likeness({ family, bodies }: VmsdFacts, vmsd: VmsdIr): number {
  const [main] = bodies;
  if (main === undefined) return 0;
  const { size } = alignFields(main, vmsd);
  const fewer = Math.min(main.fields.length, vmsd.fields.length);
  const shared = fewer === 0 ? (main.fields.length === vmsd.fields.length ? 1 : 0) : size / fewer;
  const isTyped = vmsd.types.some((type) => family.types.has(type));
  return shared + (isTyped && shared > 0 ? 1 : 0) + size / 1000;
}
