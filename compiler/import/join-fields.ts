import type { Field } from "../describe/index.ts";
import { type Column, columnOf, namesOf } from "./column.ts";
import type { FieldFacts, Seen, Sent } from "./facts.ts";
import type { Family } from "./family.ts";
import { declaredSlots, innerKey } from "./gather.ts";
import type { Input } from "./input.ts";
import type { Version } from "./join.ts";
import { findRenames, findSentRenames, renamed } from "./renames.ts";
import { mergeOrder, type Slot, sentSlots, slotKey, slotsOf } from "./slots.ts";

/** The fields of a body in the order of declaration: the newest dump's, what only others have behind what it follows there. */
export function joinFields(
  body: string,
  dumps: readonly Version[],
  sent: readonly Version[],
  family: Family,
  inputs: readonly Input[],
): FieldFacts[] {
  const plain = dumps.map((version) => columnOf(version, slotsOf(namesOf(version))));
  const innerAt = (slot: Slot): Family | undefined => family.inner.get(innerKey(body, slot));
  const known = declaredSlots(family, body);
  const plainSent = sent.map((version) => columnOf(version, sentSlots(namesOf(version), known)));
  const renames = findSentRenames(plain[0], plainSent, findRenames(plain, innerAt), innerAt);
  const declared = plain.map((each) => renamed(each, renames));
  const seen = plainSent.map((each) => renamed(each, renames));
  const order = [...declared, ...seen].reduce<Slot[]>((merged, each) => mergeOrder(merged, each.order), []);
  return order.map((slot) => {
    const formerly = [...renames].flatMap(([key, newer]) => (slotKey(newer) === slotKey(slot) ? [key.slice(0, key.lastIndexOf("#"))] : []));
    return { ...joinField(slot, declared, seen, inputs), inner: innerAt(slot), formerly };
  });
}

function joinField(
  slot: Slot,
  dumps: readonly Column[],
  sent: readonly Column[],
  inputs: readonly Input[],
): Omit<FieldFacts, "inner" | "formerly"> {
  const key = slotKey(slot);
  const dumped = dumps.flatMap(({ at }) => at.get(key) ?? [])[0];
  const having = sent.filter(({ at }) => at.has(key));
  const since = dumped === undefined ? firstVersion(having, sent) : dumped.field_exists === true ? 0 : dumped.version_id;
  const lacking = sent.filter(({ at, version }) => !at.has(key) && version.body.version_id >= since);
  const without = dumps.filter(({ at, version }) => !at.has(key) && version.body.version_id >= since);
  const isCurrent = dumps.length === 0 || dumps[0]?.at.has(key) === true;
  return {
    slot,
    dumped,
    seen: having.map((each) => toSeen(each, key, sent)),
    unseen: lacking.map((each) => toSent(each, sent)),
    since,
    presence: presenceOf(
      dumped,
      without.length,
      dumps.length,
      having.map(({ at }) => at.get(key)?.num ?? 1),
      lacking.length,
    ),
    isCurrent,
    notes: notesOf(key, dumps, without, inputs),
  };
}

/** Without a dump: the version of the body from which on every stream has it. */
function firstVersion(having: readonly Column[], sent: readonly Column[]): number {
  const first = Math.min(...having.map(({ version }) => version.body.version_id));
  const older = sent.some(({ version }) => version.body.version_id < first);
  return older ? first : 0;
}

function presenceOf(
  dumped: Field | undefined,
  without: number,
  dumps: number,
  counts: readonly number[],
  lacking: number,
): FieldFacts["presence"] {
  if (dumped?.field_exists === true) return "conditional";
  if (dumped !== undefined) return without > 0 ? "someBuilds" : "always";
  if (dumps > 0) return "someBuilds";
  // An array of which some devices sent nothing had no elements there.
  return lacking > 0 && counts.every((count) => count === 1) ? "conditional" : "always";
}

function toSent(column: Column, all: readonly Column[]): Sent {
  return { device: all.indexOf(column), section: column.version.section };
}

function toSeen(column: Column, key: string, all: readonly Column[]): Seen {
  const field = column.at.get(key) as Field;
  return {
    ...toSent(column, all),
    type: field.kind ?? "",
    count: field.num ?? 1,
    size: field.size,
    innerVersion: field.Description?.version_id,
  };
}

function notesOf(key: string, dumps: readonly Column[], without: readonly Column[], inputs: readonly Input[]): string[] {
  const label = ({ version }: Column): string => inputs[version.input]?.label ?? "";
  const having = dumps.filter(({ at }) => at.has(key)).toReversed();
  const notes: string[] = [];
  if (dumps.length > 0 && having.length === 0) notes.push("No dump has this field, only streams.");
  else if (without.length > 0) notes.push(`Not in ${without.toReversed().map(label).join(", ")}, at a version that would have it.`);
  for (const [what, of] of DIFFERENCES) {
    const values = having.map((each) => of(each.at.get(key) as Field));
    const known = new Set(values.filter((value) => value !== undefined));
    if (known.size > 1) notes.push(`${what} is ${having.map((each, at) => `${values[at] ?? "unknown"} in ${label(each)}`).join(", ")}.`);
  }
  return notes;
}

const DIFFERENCES: readonly (readonly [string, (field: Field) => unknown])[] = [
  // What a struct takes in memory says nothing of the wire.
  ["Its size", ({ size, Description }) => (Description === undefined ? size : undefined)],
  ["Its number of elements", ({ num }) => num],
  ["Its first version", ({ version_id, field_exists }) => (field_exists === true ? undefined : version_id)],
  ["Whether a condition decides", ({ field_exists }) => field_exists],
];
