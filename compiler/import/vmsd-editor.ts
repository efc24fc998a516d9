import { Node, type ObjectLiteralExpression } from "ts-morph";
import type { EntryDoc } from "./doc.ts";
import { type Insertion, insertMembers } from "./members.ts";
import { nameIn, type TargetFile } from "./target-file.ts";

/** The options of a vmsd in the order in which they are usually written; those that are not listed come last. */
const ORDER = [
  "of",
  "versionId",
  "minimumVersionId",
  "types",
  "properties",
  "configured",
  "fields",
  "exists",
  "absent",
  "validate",
  "formerly",
  "needed",
  "subsections",
];

/** Stands for the last member, whichever that is. */
export const LAST = Symbol("last");

/** A member, and the key of the one that it is put behind; in front of all without one. */
export interface Placed {
  readonly entry: EntryDoc;
  readonly after: string | typeof LAST | undefined;
}

/** One declared vmsd in its file. Each function says whether it could do what it is for: what is not written in place cannot be completed. */
export interface VmsdEditor {
  readonly target: TargetFile;
  /** The vmsd's name in its file. */
  readonly local: string;
}

/** Puts members into one of the vmsd's tables, which is added when there is none. */
export function putEntries({ target, local }: VmsdEditor, path: readonly string[], entries: readonly Placed[]): boolean {
  if (entries.length === 0) return true;
  const object = ensureObject({ target, local }, path);
  if (object === undefined) return false;
  const members = object.getProperties();
  const keys = members.map(keyIn);
  const insertions = entries.map(({ entry, after }): Insertion => {
    if (after === LAST) return { after: members.length - 1, member: entry };
    return { after: after === undefined ? -1 : keys.indexOf(after), member: entry };
  });
  target.edit(insertMembers({ node: object, members }, insertions));
  return true;
}

function keyIn(member: Node): string | undefined {
  return Node.isPropertyAssignment(member) || Node.isShorthandPropertyAssignment(member) ? nameIn(member.getNameNode()) : undefined;
}

function ensureObject({ target, local }: VmsdEditor, path: readonly string[]): ObjectLiteralExpression | undefined {
  const known = target.object(local, ...path);
  if (known !== undefined) return known;
  const outer = target.object(local, ...path.slice(0, -1));
  const key = path.at(-1) ?? "";
  // A table that is there, but kept elsewhere.
  if (outer === undefined || outer.getProperties().some((each) => keyIn(each) === key)) return undefined;
  putOption(target, outer, { key, value: "{}" });
  return target.object(local, ...path);
}

function putOption(target: TargetFile, object: ObjectLiteralExpression, entry: EntryDoc): void {
  const members = object.getProperties();
  const rank = (key: string | undefined): number => {
    const at = ORDER.indexOf(key ?? "");
    return at < 0 ? ORDER.length : at;
  };
  const after = members.findLastIndex((each) => rank(keyIn(each)) < rank(entry.key));
  target.edit(insertMembers({ node: object, members }, [{ after, member: entry }]));
}

/** Adds elements to one of the vmsd's lists of strings. */
export function putStrings({ target, local }: VmsdEditor, key: string, values: readonly string[]): boolean {
  const description = target.object(local);
  if (description === undefined) return false;
  const member = description.getProperties().find((each) => keyIn(each) === key);
  const elements = values.map((each) => JSON.stringify(each));
  if (member === undefined) {
    putOption(target, description, { key, value: { elements } });
    return true;
  }
  const list = Node.isPropertyAssignment(member) ? member.getInitializer() : undefined;
  if (!Node.isArrayLiteralExpression(list)) return false;
  const members = list.getElements();
  target.edit(
    insertMembers(
      { node: list, members },
      elements.map((each) => ({ after: members.length - 1, member: each })),
    ),
  );
  return true;
}

/** Changes a number that is written as such. */
export function setNumber({ target, local }: VmsdEditor, path: readonly string[], key: string, value: number): boolean {
  const member = target
    .object(local, ...path)
    ?.getProperties()
    .find((each) => keyIn(each) === key);
  const number = Node.isPropertyAssignment(member) ? member.getInitializer() : undefined;
  if (!Node.isNumericLiteral(number)) return false;
  target.edit([{ start: number.getStart(), end: number.getEnd(), text: String(value) }]);
  return true;
}
