import type { Node } from "ts-morph";
import { propertyName } from "../code/code.ts";
import { type EntryDoc, entryText, oneLine, WIDTH } from "./doc.ts";
import type { Change } from "./target-file.ts";

/** An object, a list, or the names of an import. */
export interface Members {
  readonly node: Node;
  readonly members: readonly Node[];
}

/** Something that is put into it, behind a member that is there, or in front of all. */
export interface Insertion {
  /** Index of the member before it; -1 for none. */
  readonly after: number;
  readonly member: EntryDoc | string;
}

/** Puts members in without a change to what is there. What stands on one line stays there as long as it fits; else each member gets a line. */
export function insertMembers(into: Members, insertions: readonly Insertion[]): readonly Change[] {
  const { node } = into;
  if (insertions.length === 0) return [];
  if (node.getText().includes("\n")) return intoLines(into, insertions);
  return [{ start: node.getStart(), end: node.getEnd(), text: oneLined(into, insertions) ?? opened(into, insertions) }];
}

function sourceOf(node: Node): string {
  return node.getSourceFile().getFullText();
}

function lineStart(node: Node): number {
  return sourceOf(node).lastIndexOf("\n", node.getStart() - 1) + 1;
}

function indentOf(node: Node): string {
  return /^[ \t]*/.exec(sourceOf(node).slice(lineStart(node)))?.[0] ?? "";
}

/** The source of each member with the comments in front of it, and the new ones between. */
function merged({ members }: Members, insertions: readonly Insertion[]): (string | EntryDoc)[] {
  const at = (index: number): (string | EntryDoc)[] => insertions.filter(({ after }) => after === index).map(({ member }) => member);
  return [...at(-1), ...members.flatMap((member, index) => [member.getFullText().trim(), ...at(index)])];
}

/** What stands behind the last member: nothing, or comments. */
function tailOf({ node, members }: Members): string {
  const from = members.at(-1)?.getEnd() ?? node.getStart() + 1;
  return sourceOf(node)
    .slice(from, node.getEnd() - 1)
    .replace(/^\s*,/, "")
    .trim();
}

function bracketsOf({ node }: Members): readonly [string, string] {
  return node.getText().startsWith("[") ? ["[", "]"] : ["{", "}"];
}

function oneLined(into: Members, insertions: readonly Insertion[]): string | undefined {
  const parts = merged(into, insertions).map((each) => (typeof each === "string" ? each : plainEntry(each)));
  if (parts.includes(undefined) || tailOf(into) !== "") return undefined;
  const [open, close] = bracketsOf(into);
  const space = open === "{" ? " " : "";
  const text = `${open}${space}${parts.join(", ")}${space}${close}`;
  const { node } = into;
  const rest = /^[^\r\n]*/.exec(sourceOf(node).slice(node.getEnd()))?.[0].length ?? 0;
  return node.getStart() - lineStart(node) + text.length + rest <= WIDTH ? text : undefined;
}

function plainEntry({ key, value, comments = [] }: EntryDoc): string | undefined {
  const inner = comments.length > 0 ? undefined : oneLine(value);
  return inner === undefined ? undefined : `${propertyName(key).text}: ${inner}`;
}

function opened(into: Members, insertions: readonly Insertion[]): string {
  const indent = indentOf(into.node);
  const inner = `${indent}  `;
  const [open, close] = bracketsOf(into);
  const tail = tailOf(into);
  const lines = merged(into, insertions).map((each) => (typeof each === "string" ? `${inner}${each},\n` : `${entryText(each, inner)},\n`));
  return `${open}\n${lines.join("")}${tail === "" ? "" : `${inner}${tail}\n`}${indent}${close}`;
}

/** Each on lines of its own, behind the line of the member before it. */
function intoLines({ node, members }: Members, insertions: readonly Insertion[]): readonly Change[] {
  const source = sourceOf(node);
  const [first] = members;
  const isBelow = first !== undefined && source.slice(node.getStart(), first.getStart()).includes("\n");
  const indent = isBelow ? indentOf(first) : `${indentOf(node)}  `;
  return [...new Set(insertions.map(({ after }) => after))].map((after) => {
    const text = insertions
      .filter((each) => each.after === after)
      .map(({ member }) => `\n${typeof member === "string" ? `${indent}${member}` : entryText(member, indent)},`)
      .join("");
    const before = members[after];
    if (before === undefined) return { start: node.getStart() + 1, end: node.getStart() + 1, text };
    const comma = /^\s*,/.exec(source.slice(before.getEnd(), node.getEnd() - 1))?.[0].length;
    const end = before.getEnd() + (comma ?? 0);
    // A comment on the rest of the line belongs to the member there.
    const rest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*)?(?=\r?\n)/.exec(source.slice(end))?.[0].length ?? 0;
    if (comma !== undefined) return { start: end + rest, end: end + rest, text };
    return { start: end, end: end + rest, text: `,${source.slice(end, end + rest)}${text}` };
  });
}
