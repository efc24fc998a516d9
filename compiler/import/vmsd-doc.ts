import { type Doc, docText, type EntryDoc, object, open } from "./doc.ts";
import type { Family } from "./family.ts";
import { type BodyPlan, call, type FieldPlan, type FlagPlan, kindDoc, type PropertyPlan, type VmsdPlan } from "./plan.ts";

/** How words of the language and vmsds are called in a file; asking for one notes that the file needs it. */
export interface Scope {
  readonly word: (name: string) => string;
  readonly vmsd: (family: Family) => string;
}

/** What needs a hand: the prefix by which it is found again, until someone has removed the comment. */
export const MARK = "import:";
/** Where builds differ. */
export const NOTE = "builds:";

/** `export const id = vmsd("name", {...});` */
export function vmsdText(plan: VmsdPlan, id: string, scope: Scope): string {
  const { name } = plan.facts;
  return `export const ${id} = ${scope.word("vmsd")}(${JSON.stringify(name)}, ${docText(vmsdDoc(plan, scope), "", 0)});\n`;
}

function vmsdDoc(plan: VmsdPlan, scope: Scope): Doc {
  const { facts, bodies, flags } = plan;
  const [main, ...subsections] = bodies as [BodyPlan, ...BodyPlan[]];
  const properties = propertiesOf(plan);
  const types = [...facts.family.types].toSorted();
  return open([
    ...versionEntries(main, facts.family.heldBy),
    ...(types.length > 0 ? [{ key: "types", value: typesDoc(types) }] : []),
    ...(properties.length > 0 ? [{ key: "properties", value: object(properties.map(propertyEntry)) }] : []),
    ...fieldEntries(main, flags, scope),
    ...(subsections.length > 0
      ? [{ key: "subsections", value: open(subsections.map((each) => ({ key: each.facts.name, value: subsectionDoc(each, scope) }))) }]
      : []),
  ]);
}

export function typesDoc(types: readonly string[]): Doc {
  return { elements: types.map((type) => JSON.stringify(type)) };
}

export function subsectionDoc(body: BodyPlan, scope: Scope): Doc {
  const { of } = body.facts;
  return open([
    ...(of === undefined ? [] : [{ key: "of", value: JSON.stringify(of) }]),
    ...versionEntries(body, new Set()),
    ...fieldEntries(body, [], scope),
  ]);
}

/** All properties that the vmsd's own fields ask for, and those of others that it knows better. */
export function propertiesOf({ bodies, overrides }: VmsdPlan): PropertyPlan[] {
  return [...bodies.flatMap(({ fields }) => fields.flatMap(({ properties }) => properties)), ...overrides];
}

export function propertyEntry({ name, value }: PropertyPlan): EntryDoc {
  return { key: name, value: JSON.stringify(value) };
}

function versionEntries({ facts, marks }: BodyPlan, heldBy: ReadonlySet<string>): EntryDoc[] {
  const notes = facts.notes.map((each) => `${NOTE} ${each}`);
  // What is held by a `tmp` is loaded at version 0.
  const isLoadedAt0 = heldBy.has("tmp");
  const minimum = isLoadedAt0 ? 0 : (facts.minimumVersionId ?? facts.oldestVersionId);
  return [
    { key: "versionId", value: String(facts.versionId), comments: notes },
    {
      key: "minimumVersionId",
      value: String(minimum),
      comments: isLoadedAt0 ? [] : marks.map((each) => `${MARK} ${each}`),
    },
  ];
}

function fieldEntries({ fields }: BodyPlan, flags: readonly FlagPlan[], scope: Scope): EntryDoc[] {
  const exists = fields.flatMap(existsEntry);
  const formerly = fields.flatMap(formerlyEntry);
  return [
    { key: "fields", value: object([...fields.map((field) => fieldEntry(field, scope)), ...flags.map((flag) => flagEntry(flag, scope))]) },
    ...(exists.length > 0 ? [{ key: "exists", value: object(exists) }] : []),
    ...(formerly.length > 0 ? [{ key: "formerly", value: object(formerly) }] : []),
  ];
}

export function existsEntry({ key, exists }: FieldPlan): EntryDoc[] {
  return exists === undefined ? [] : [{ key, value: exists }];
}

export function formerlyEntry({ key, facts: { formerly } }: FieldPlan): EntryDoc[] {
  const names = formerly.map((name) => JSON.stringify(name));
  const [only] = names;
  return only === undefined ? [] : [{ key, value: names.length === 1 ? only : { elements: names } }];
}

export function flagEntry({ key, subsection }: FlagPlan, scope: Scope): EntryDoc {
  return { key, value: `${scope.word("sent")}(${JSON.stringify(subsection)})` };
}

export function fieldEntry({ key, facts, kind, marks, exists }: FieldPlan, scope: Scope): EntryDoc {
  const { slot, since, notes, dumped } = facts;
  const named = key === slot.name ? kind : call("named", slot.name, kind);
  // The elements of a list are loaded at the field's version, whatever decides if it is there.
  const isList = kind.is === "call" && (kind.word === "qtailq" || kind.word === "qlist");
  const first = isList ? (dumped?.version_id ?? since) : exists === undefined ? since : 0;
  const whole = first > 0 ? call("since", first, named) : named;
  return {
    key,
    value: kindDoc(whole, scope.word, scope.vmsd),
    comments: [...notes.map((each) => `${NOTE} ${each}`), ...marks.map((each) => `${MARK} ${each}`)],
  };
}
