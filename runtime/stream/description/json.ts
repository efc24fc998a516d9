import { StreamError } from "../errors.ts";

/** JSON with the members of an object in order and, where that matters, none of them lost. */
export type Json = string | number | boolean | null | readonly Json[] | Members;

export interface Members {
  /** The first of that name. */
  readonly get: (key: string) => Json | undefined;
  readonly list: readonly (readonly [key: string, value: Json])[];
}

export function isMembers(json: Json | undefined): json is Members {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** Lists whose elements are described within one object, one behind the other, under the same keys. */
const REPEATS_KEYS = /"(?:qtailq|qlist|gtree)"/;

/** Parses a description; `at` is the text's offset in the stream. Throws StreamError with the place. */
export function parseDescription(text: string, at: number): Json {
  if (!REPEATS_KEYS.test(text)) {
    try {
      return plain(JSON.parse(text));
    } catch {
      // The parser below says where.
    }
  }
  return parseMembers(text, at);
}

/** What the engine's own parser gives, which is much faster and keeps the last of each key. */
function plain(value: unknown): Json {
  if (typeof value !== "object" || value === null) return value as Json;
  if (Array.isArray(value)) return value.map(plain);
  return new PlainMembers(value as Readonly<Record<string, unknown>>);
}

class PlainMembers implements Members {
  readonly #object: Readonly<Record<string, unknown>>;

  constructor(object: Readonly<Record<string, unknown>>) {
    this.#object = object;
  }

  get(key: string): Json | undefined {
    return Object.hasOwn(this.#object, key) ? plain(this.#object[key]) : undefined;
  }

  get list(): Members["list"] {
    return Object.entries(this.#object).map(([key, value]) => [key, plain(value)]);
  }
}

class ParsedMembers implements Members {
  readonly list: Members["list"];

  constructor(list: Members["list"]) {
    this.list = list;
  }

  get(key: string): Json | undefined {
    for (const [name, value] of this.list) if (name === key) return value;
    return undefined;
  }
}

/** Members that stand between others, as an object of their own. */
export function membersOf(list: Members["list"]): Members {
  return new ParsedMembers(list);
}

/** Real descriptions nest to about ten. */
const DEEPEST = 100;
const SPACE = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

function parseMembers(text: string, at: number): Json {
  let next = 0;
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
    const found = match(STRING) ?? fail("a string is expected here");
    if (!found.includes("\\") && !CONTROL.test(found)) return found.slice(1, -1);
    try {
      return JSON.parse(found) as string;
    } catch {
      next = from;
      return fail("a string holds what JSON does not allow");
    }
  };
  const value = (depth: number): Json => {
    if (depth > DEEPEST) fail(`it nests deeper than ${DEEPEST}`);
    if (take("{")) return members(depth);
    if (take("[")) return elements(depth);
    if (text[next] === '"') return string();
    const scalar = match(SCALAR) ?? fail("a value is expected here");
    return JSON.parse(scalar) as number | boolean | null;
  };
  const members = (depth: number): Members => {
    const list: [string, Json][] = [];
    if (take("}")) return new ParsedMembers(list);
    do {
      const key = string();
      if (!take(":")) fail("a colon is expected here");
      list.push([key, value(depth + 1)]);
    } while (take(","));
    if (!take("}")) fail("a brace is expected here");
    return new ParsedMembers(list);
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
