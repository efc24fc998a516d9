import { propertyName } from "../code/code.ts";

/** Columns of a line, as the project's formatter has it. */
export const WIDTH = 140;

/** A value in source text: text as it is, an object, or a list. */
export type Doc =
  | string
  | { readonly entries: readonly EntryDoc[]; readonly isOpen?: boolean }
  | { readonly elements: readonly string[] }
  /** A call that is written with a line for each argument, as formatters do where an argument is a call with an arrow in it. */
  | { readonly call: string; readonly args: readonly Doc[] };

export interface EntryDoc {
  readonly key: string;
  readonly value: Doc;
  /** Lines above it, without their slashes. */
  readonly comments?: readonly string[];
}

/** An object that is written over several lines however short it is. */
export function open(entries: readonly EntryDoc[]): Doc {
  return { entries, isOpen: true };
}

export function object(entries: readonly EntryDoc[]): Doc {
  return { entries };
}

/** The text of a value that begins at a column of a line with that indent. */
export function docText(doc: Doc, indent: string, column: number): string {
  if (typeof doc === "string") return doc;
  const short = oneLine(doc);
  // A comma or what closes the call comes behind it.
  if (short !== undefined && column + short.length + 1 <= WIDTH) return short;
  const inner = `${indent}  `;
  if ("call" in doc) return callText(doc.call, doc.args, indent);
  if ("elements" in doc) return `[\n${doc.elements.map((each) => `${inner}${each},\n`).join("")}${indent}]`;
  return `{\n${doc.entries.map((entry) => `${entryText(entry, inner)},\n`).join("")}${indent}}`;
}

function callText(name: string, args: readonly Doc[], indent: string): string {
  const inner = `${indent}  `;
  return `${name}(\n${args.map((each) => `${inner}${docText(each, inner, inner.length)},\n`).join("")}${indent})`;
}

/** An entry on lines of its own, without the comma behind it. */
export function entryText({ key, value, comments = [] }: EntryDoc, indent: string): string {
  const name = propertyName(key).text;
  const head = `${indent}${name}: `;
  return `${comments.map((each) => commentText(each, indent)).join("")}${head}${docText(value, indent, head.length)}`;
}

/** Words over as many lines as they take. Names out of files are within: a line end in one would end the comment. */
export function commentText(comment: string, indent: string): string {
  const lines: string[] = [];
  for (const word of comment.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}// ${word}`);
  }
  return lines.map((line) => `${line}\n`).join("");
}

/** Undefined for what cannot be written on one line. */
export function oneLine(doc: Doc): string | undefined {
  if (typeof doc === "string") return doc.includes("\n") ? undefined : doc;
  if ("elements" in doc) return `[${doc.elements.join(", ")}]`;
  if ("call" in doc) return undefined;
  if (doc.isOpen === true) return undefined;
  const parts = doc.entries.map(({ key, value, comments = [] }) => {
    const inner = comments.length > 0 ? undefined : oneLine(value);
    return inner === undefined ? undefined : `${propertyName(key).text}: ${inner}`;
  });
  if (parts.includes(undefined)) return undefined;
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}
