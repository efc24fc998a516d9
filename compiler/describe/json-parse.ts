import { countsBefore, WINDOW } from "./count-marks.ts";
import { InputError } from "./input-error.ts";
import { skipSpace, skipString } from "./json-index.ts";
import { parseShared } from "./parse-shared.ts";
import { occurrences } from "./scan-text.ts";
import type { Source } from "./source.ts";

/** Nesting of real metadata is below 30; the limit only keeps hostile input from exhausting the stack. */
export const MAX_DEPTH = 200;

/** Below this many characters even the densest text cannot take much memory once parsed. */
const SMALL = 1 << 20;

/**
 * Parses strictly: what JSON.parse accepts, minus duplicate keys, nesting beyond MAX_DEPTH and large text so dense in values that
 * it cannot be metadata (which bounds memory). JSON.parse does the work; the slow scanner below runs only to say where a fault is.
 * `expected` may recognise a value at a glance and count its keys; the value is then not counted again. Throws InputError.
 */
export function parseJson(source: Source, expected?: Expected): Parsed {
  const { text } = source;
  if (text.length > SMALL) refuseDense(source);
  // Every key has a colon, and only strings can hold one besides: as many colons as keys means that no key was lost.
  const colons = (source.isAscii ? countsBefore(text, ":", WINDOW)?.at(-1) : undefined) ?? occurrences(text, ":");
  const glance = (value: unknown): Parsed | undefined => {
    const census: Census = { keys: 0, counts: 0 };
    return expected?.(value, census) === true && census.keys === colons ? { value, asExpected: true, census } : undefined;
  };
  const shared = expected === undefined ? undefined : glance(parseShared(source));
  if (shared !== undefined) return shared;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw findFault(source) ?? new InputError("JSON_SYNTAX", source.path, "The file is not JSON.");
  }
  const recognised = glance(value);
  if (recognised !== undefined) return recognised;
  const census: Census = { keys: 0, counts: 0 };
  if (!take(census, Object(value), 0) || census.keys !== colons) {
    const fault = findFault(source);
    if (fault !== undefined) throw fault;
  }
  return { value, asExpected: false, census };
}

/** Recognises a value at a glance and counts its keys. */
export type Expected = (value: unknown, census: Census) => boolean;

export interface Census {
  keys: number;
  /** Fields with a `num`; counted by isPlainDump only. */
  counts: number;
}

export interface Parsed {
  readonly value: unknown;
  /** `expected` recognised the value, down to the last key. */
  readonly asExpected: boolean;
  readonly census: Readonly<Census>;
}

function refuseDense(source: Source): void {
  const { text } = source;
  const limit = text.length >> 3;
  let values = 0;
  for (const mark of [",", "{", "["]) {
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      if (++values > limit) {
        throw new InputError(
          "NOT_METADATA",
          source.path,
          "This is not state metadata: it is almost all punctuation.",
          source.positionAt(at),
        );
      }
    }
  }
}

/** False beyond MAX_DEPTH. */
function take(census: Census, value: object, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) if (typeof item === "object" && item !== null && !take(census, item, depth + 1)) return false;
    return true;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const key in object) {
    census.keys++;
    const item = object[key];
    if (typeof item === "object" && item !== null && !take(census, item, depth + 1)) return false;
  }
  return true;
}

/** The first fault of a text that is not strict JSON, with its position; undefined when there is none. */
function findFault(source: Source): InputError | undefined {
  const { text, path } = source;
  const fail = (code: string, message: string, at: number): InputError =>
    new InputError(code, path, message, source.positionAt(Math.min(at, text.length)));
  const unexpected = (at: number, wanted: string): InputError => {
    if (at >= text.length) return fail("JSON_TRUNCATED", `The JSON ends where ${wanted} should follow.`, text.length);
    return fail("JSON_SYNTAX", `Expected ${wanted}, found ${JSON.stringify(text.charAt(at))}.`, at);
  };

  let depth = 0;
  const value = (start: number): number => {
    const at = skipSpace(text, start);
    if (depth > MAX_DEPTH) throw fail("JSON_TOO_DEEP", `Nesting is deeper than ${MAX_DEPTH} levels.`, at);
    const open = text.charAt(at);
    if (open === "{" || open === "[") {
      depth++;
      const end = open === "{" ? members(at) : items(at);
      depth--;
      return end;
    }
    if (open === '"') return string(at, "a string");
    SCALAR.lastIndex = at;
    const scalar = SCALAR.exec(text);
    if (scalar === null) throw unexpected(at, "a value");
    return at + scalar[0].length;
  };
  const string = (at: number, wanted: string): number => {
    if (text.charAt(at) !== '"') throw unexpected(at, wanted);
    const end = skipString(text, at);
    if (end === text.length && (text.charAt(end - 1) !== '"' || end - at < 2)) throw fail("JSON_TRUNCATED", "A string is not closed.", at);
    try {
      JSON.parse(text.slice(at, end));
    } catch {
      throw fail("JSON_SYNTAX", "A string holds a character or an escape that JSON does not allow.", at);
    }
    return end;
  };
  const items = (start: number): number => {
    let at = skipSpace(text, start + 1);
    if (text.charAt(at) === "]") return at + 1;
    for (;;) {
      at = skipSpace(text, value(at));
      if (text.charAt(at) === "]") return at + 1;
      if (text.charAt(at) !== ",") throw unexpected(at, "',' or ']'");
      at++;
    }
  };
  const members = (start: number): number => {
    const seen = new Map<string, number>();
    let at = skipSpace(text, start + 1);
    if (text.charAt(at) === "}") return at + 1;
    for (;;) {
      at = skipSpace(text, at);
      const end = string(at, "a key in double quotes");
      const key = JSON.parse(text.slice(at, end)) as string;
      const first = seen.get(key);
      if (first !== undefined) {
        throw fail(
          "JSON_DUPLICATE_KEY",
          `Key ${JSON.stringify(key)} appears twice; it first stood on line ${source.positionAt(first).line}.`,
          at,
        );
      }
      seen.set(key, at);
      at = skipSpace(text, end);
      if (text.charAt(at) !== ":") throw unexpected(at, "':'");
      at = skipSpace(text, value(at + 1));
      if (text.charAt(at) === "}") return at + 1;
      if (text.charAt(at) !== ",") throw unexpected(at, "',' or '}'");
      at++;
    }
  };
  try {
    const end = skipSpace(text, value(0));
    return end < text.length ? unexpected(end, "the end of the file") : undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
