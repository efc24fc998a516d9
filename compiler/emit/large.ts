import type { Code } from "../code/code.ts";

/** V8 never optimises a function of more than 60 KiB of bytecode, which so many characters of a codec may come to. */
const LARGE = 40_000;
/** Short enough for a function that is optimised soon. */
const PART = 12_000;

export function isLarge(statements: readonly Code[]): boolean {
  return lengthOf(statements) > LARGE;
}

/** The same statements in order, each part for a function of its own. */
export function inParts(statements: readonly Code[]): readonly (readonly Code[])[] {
  const parts: Code[][] = [];
  let length = PART;
  for (const each of statements) {
    if (length + each.text.length > PART) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(each);
    length += each.text.length;
  }
  return parts;
}

function lengthOf(statements: readonly Code[]): number {
  return statements.reduce((sum, { text }) => sum + text.length, 0);
}
