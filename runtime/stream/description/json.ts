import { StreamError } from "../errors.ts";

/** JSON with the members of an object in order. */
export type Json = string | number | boolean | null | readonly Json[] | Members;

export interface Members {
  readonly list: readonly (readonly [key: string, value: Json])[];
  /** Offset in the stream. */
  readonly at: number;
  /** The last of that name, as every parser of JSON has it. */
  readonly get: (key: string) => Json | undefined;
}

export function isMembers(json: Json | undefined): json is Members {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** Members of an object, also those that repeat a key: a description does, and means it. Those that are made here are nowhere in a stream. */
export function membersOf(list: Members["list"], at = 0): Members {
  return { list, at, get: (key) => list.findLast(([name]) => name === key)?.[1] };
}

/** Real descriptions nest to about ten. */
const DEEPEST = 100;
/** Values of a description: real ones have some ten thousand, and a value may take fifty times its text here. */
const MOST = 1 << 20;
const SPACE = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** Bounded, as without a bound a long one overflows the stack of the regular expression. */
const STRING = /"(?:[^"\\]|\\.){0,4096}"/y;

/** Parses a description, losing nothing; `at` is the text's offset in the stream. Throws StreamError with the place. */
export function parseMembers(text: string, at: number): Json {
  let next = 0;
  let values = 0;
  const fail = (message: string): never => {
    throw new StreamError("bad-description", at + next, "description", `The description is no JSON: ${message}.`);
  };
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = next;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) next += found.length;
    return found;
  };
  const take = (mark: string): boolean => {
    match(SPACE);
    if (text[next] !== mark) return false;
    next++;
    return true;
  };
  const string = (): string => {
    match(SPACE);
    const from = next;
    const found = match(STRING) ?? fail("a string of at most 4096 characters is expected here");
    if (!found.includes("\\") && !CONTROL.test(found)) return found.slice(1, -1);
    try {
      return JSON.parse(found) as string;
    } catch {
      next = from + Math.max(0, found.search(CONTROL));
      return fail("a string holds what JSON does not allow");
    }
  };
  const value = (depth: number): Json => {
    if (depth > DEEPEST) fail(`it nests deeper than ${DEEPEST}`);
    if (++values > MOST) fail(`it has more than ${MOST} values`);
    if (take("{")) return members(depth);
    if (take("[")) return elements(depth);
    if (text[next] === '"') return string();
    const scalar = match(SCALAR) ?? fail("a value is expected here");
    return JSON.parse(scalar) as number | boolean | null;
  };
  const members = (depth: number): Members => {
    const list: [string, Json][] = [];
    const start = at + next - 1;
    if (take("}")) return membersOf(list, start);
    do {
      const key = string();
      if (!take(":")) fail("a colon is expected here");
      list.push([key, value(depth + 1)]);
    } while (take(","));
    if (!take("}")) fail("a brace is expected here");
    return membersOf(list, start);
  };
  const elements = (depth: number): Json[] => {
    const list: Json[] = [];
    if (take("]")) return list;
    do list.push(value(depth + 1));
    while (take(","));
    if (!take("]")) fail("a bracket is expected here");
    return list;
  };
  const whole = value(0);
  match(SPACE);
  if (next < text.length) fail("it goes on behind its end");
  return whole;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what JSON forbids.
const CONTROL = /[\u0000-\u001f]/;
