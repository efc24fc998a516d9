import type { BodyIr, FieldIr, KindIr } from "../ir.ts";
import { describeKind, sizeOf } from "../kinds/index.ts";
import type { Program } from "../kinds/kind.ts";
import type { FieldFacts } from "./facts.ts";
import type { Contradiction } from "./finding.ts";

interface Said {
  readonly code: Contradiction;
  readonly sentence: string;
}

/** What contradicts between a declared field and what is known of it. */
export function compareField(facts: FieldFacts, field: FieldIr, body: BodyIr, program: Program): Said[] {
  const wire = compareWire(facts, field, program);
  const memory = wire.length > 0 ? [] : compareMemory(facts, field, program);
  return [...compareName(facts, field), ...wire, ...memory, ...comparePresence(facts, field, body)];
}

function compareName({ slot, formerly }: FieldFacts, { key, name }: FieldIr): Said[] {
  if (!formerly.includes(name)) return [];
  return [{ code: "other-name", sentence: `Field '${key}' is '${slot.name}' in the newest metadata; 'formerly' keeps the earlier name.` }];
}

function compareWire({ seen, inner }: FieldFacts, { key, kind }: FieldIr, program: Program): Said[] {
  if (seen.length === 0) return [];
  const types = [...new Set(seen.map(({ type }) => type))].filter((type) => type !== "nullptr");
  const own = describeKind(kind, program).kind;
  if (types.length > 0 && !types.includes(own))
    return [{ code: "other-kind", sentence: `Field '${key}' is ${own}; streams have ${types.join(", ")}.` }];
  const size = inner === undefined ? sizeOf(kind, program) : undefined;
  const sizes = [...new Set(seen.map((each) => each.size * each.count))];
  if (size === undefined || sizes.includes(size)) return [];
  return [{ code: "other-size", sentence: `Field '${key}' has ${bytes(size)}; in streams it has ${sizes.map(bytes).join(", ")}.` }];
}

/** Only what is on the wire as it is in memory can be held against a dump. */
function compareMemory({ seen, dumped, inner, notes }: FieldFacts, { key, kind }: FieldIr, program: Program): Said[] {
  if (dumped === undefined || inner !== undefined || notes.length > 0) return [];
  const { num = 1 } = describeKind(kind, program);
  if (seen.length > 0) {
    const isCounted = dumped.num !== undefined && dumped.num > 0 && kind.kind !== "varray";
    if (!isCounted || dumped.num === num) return [];
    return [{ code: "other-count", sentence: `Field '${key}' has ${num} element${num === 1 ? "" : "s"}; the metadata has ${dumped.num}.` }];
  }
  const size = isAsInMemory(kind) ? sizeOf(kind, program) : undefined;
  if (size === undefined || dumped.size === 0) return [];
  const expected = dumped.size * (dumped.num ?? 1);
  // A build that tells no counts tells the size of one element.
  if (size === expected || (dumped.num === undefined && size % dumped.size === 0)) return [];
  return [{ code: "other-size", sentence: `Field '${key}' has ${bytes(size)}; by its size in memory it has ${bytes(expected)}.` }];
}

function isAsInMemory(kind: KindIr): boolean {
  if (kind.kind === "array" || kind.kind === "array2d") return isAsInMemory(kind.element);
  return kind.kind !== "timer" && kind.kind !== "pointer" && kind.kind !== "custom" && kind.kind !== "nullable" && kind.kind !== "bitmap";
}

function comparePresence(facts: FieldFacts, { key, kind, exists, since }: FieldIr, { minimumVersionId }: BodyIr): Said[] {
  const { presence, unseen, notes, dumped } = facts;
  if (presence === "conditional" && exists === undefined && unseen.length > 0 && !mayBeEmpty(kind))
    return [
      { code: "other-condition", sentence: `Field '${key}' is always there; in the metadata it has a condition, and streams lack it.` },
    ];
  // Only a dump tells that there is no condition.
  if (presence !== "always" || dumped === undefined || notes.length > 0) return [];
  // A condition over the version is another way to write `since`.
  if (exists !== undefined)
    return facts.since > 0 || since > 0
      ? []
      : [{ code: "other-condition", sentence: `Field '${key}' has a condition; in the metadata it has none.` }];
  const first = Math.max(facts.since, minimumVersionId);
  if (first === Math.max(since, minimumVersionId)) return [];
  return [{ code: "other-since", sentence: `Field '${key}' is there from version ${since} on; the metadata says ${facts.since}.` }];
}

/** Nothing is on the wire of a count or a length of 0. */
export function mayBeEmpty(kind: KindIr): boolean {
  const of = kind.kind === "pointer" ? kind.target : kind;
  return of.kind === "varray" || of.kind === "varBuffer" || (of.kind === "unused_buffer" && of.size.op !== "literal");
}

function bytes(size: number): string {
  return `${size} byte${size === 1 ? "" : "s"}`;
}
