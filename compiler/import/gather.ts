import type { Field, Vmsd } from "../describe/index.ts";
import { bodiesOf, type Family, isSection, newFamily } from "./family.ts";
import type { DumpInput, Input, StreamInput } from "./input.ts";
import { type Slot, sentSlots, slotKey, slotsOf } from "./slots.ts";

/** Least part of the names that two vmsds of one name must share to be taken for one. */
const ALIKE = 0.5;

/** The vmsds of all inputs, dumps first: they have every field, by which what streams sent is recognised. */
export function gather(inputs: readonly Input[]): Family[] {
  const families: Family[] = [];
  inputs.forEach((input, number) => {
    if (input.is === "dump") gatherDump(input, number, families);
  });
  inputs.forEach((input, number) => {
    if (input.is === "stream") gatherStream(input, number, families);
  });
  return families;
}

/** Within one build a vmsd is a constant, so that two of one name that differ are two; between builds it is found by its place. */
function gatherDump({ sections }: DumpInput, number: number, families: Family[]): void {
  const known = new Map<string, Family>();
  const take = (vmsd: Vmsd, likely: Family | undefined): Family => {
    const layout = JSON.stringify(vmsd);
    const before = known.get(layout);
    if (before !== undefined) return before;
    const free = (each: Family): boolean => each.name === vmsd.name && !each.dumps.has(number);
    const family = likely !== undefined && free(likely) ? likely : (nearest(vmsd, families.filter(free)) ?? added(vmsd.name, families));
    known.set(layout, family);
    family.dumps.set(number, vmsd);
    for (const { body, field, slot } of declaredFields(vmsd))
      if (field.Description !== undefined) link(family, body, slot, take(field.Description, family.inner.get(innerKey(body, slot))), field);
    return family;
  };
  for (const { type, vmsd } of sections)
    take(
      vmsd,
      families.find(({ types }) => types.has(type)),
    ).types.add(type);
}

function gatherStream({ devices }: StreamInput, number: number, families: Family[]): void {
  const take = (vmsd: Vmsd, candidates: readonly Family[], section: Family | undefined, id?: string): Family => {
    const family = nearest(vmsd, candidates) ?? added(vmsd.name, families);
    family.sightings.push({ input: number, vmsd, section: section ?? family, ...(id === undefined ? {} : { id }) });
    for (const { body, field, slot } of sentFields(vmsd, family)) {
      const { Description: inner } = field;
      if (inner === undefined || inner.name === "") continue;
      const place = family.inner.get(innerKey(body, slot));
      const likely = place?.name === inner.name ? [place] : families.filter(({ name }) => name === inner.name);
      link(family, body, slot, take(inner, likely, section ?? family), field);
    }
    return family;
  };
  for (const { vmsd, id, isBlob } of devices) {
    if (isBlob) continue;
    const named = families.filter(({ name }) => name === vmsd.name);
    const sections = named.filter(isSection);
    take(vmsd, sections.length > 0 ? sections : named, undefined, id);
  }
}

function added(name: string, families: Family[]): Family {
  const family = newFamily(name);
  families.push(family);
  return family;
}

function link(family: Family, body: string, slot: Slot, inner: Family, { kind }: Field): void {
  const key = innerKey(body, slot);
  if (!family.inner.has(key)) family.inner.set(key, inner);
  inner.users.add(family);
  if (kind !== undefined) inner.heldBy.add(kind);
}

export function innerKey(body: string, slot: Slot): string {
  return `${body}:${slotKey(slot)}`;
}

interface Placed {
  readonly body: string;
  readonly field: Field;
  readonly slot: Slot;
}

function declaredFields(vmsd: Vmsd): Placed[] {
  return bodiesOf(vmsd).flatMap(({ vmsd: { name, Fields = [] } }) => {
    const slots = slotsOf(Fields.map(({ field }) => field));
    return Fields.map((field, at) => ({ body: name, field, slot: slots[at] as Slot }));
  });
}

function sentFields(vmsd: Vmsd, family: Family): Placed[] {
  return bodiesOf(vmsd).flatMap(({ vmsd: { name, Fields = [] } }) => {
    const slots = sentSlots(
      Fields.map(({ field }) => field),
      declaredSlots(family, name),
    );
    return Fields.map((field, at) => ({ body: name, field, slot: slots[at] as Slot }));
  });
}

/** Every place that some dump has in a body. */
export function declaredSlots({ dumps }: Family, body: string): Slot[] {
  return [...dumps.values()].flatMap((vmsd) =>
    bodiesOf(vmsd).flatMap((each) => (each.vmsd.name === body ? slotsOf((each.vmsd.Fields ?? []).map(({ field }) => field)) : [])),
  );
}

/** The one whose field names are most like the vmsd's, if any are alike at all. */
function nearest(vmsd: Vmsd, candidates: readonly Family[]): Family | undefined {
  const scored = candidates.map((family) => ({ family, score: likeness(vmsd, family) })).filter(({ score }) => score >= ALIKE);
  return scored.sort((a, b) => b.score - a.score)[0]?.family;
}

/** What part of the fewer names is common; a tie goes to the one that has fewer others. */
function likeness(vmsd: Vmsd, family: Family): number {
  const own = namesIn(vmsd);
  const scores = [...family.dumps.values(), ...family.sightings.slice(-1).map((each) => each.vmsd)].map((other) => {
    const names = namesIn(other);
    const common = [...own].filter((name) => names.has(name)).length;
    const [fewer, more] = [Math.min(own.size, names.size), Math.max(own.size, names.size)];
    if (fewer === 0) return more === 0 ? 1 : ALIKE;
    return common / fewer + common / more / 1000;
  });
  return Math.max(0, ...scores);
}

function namesIn({ Fields = [] }: Vmsd): Set<string> {
  return new Set(Fields.map(({ field }) => field.replace(/\[\d+\]$/, "")));
}
