const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Where the search for a child of a container stands: at its `index`-th child, which starts at `at`. */
export interface Cursor {
  readonly index: number;
  readonly at: number;
}

/**
 * The start of a member of the object, or of an element of the array, at `start`; undefined when there is none. Of what precedes it only
 * the ends are found. Expects text that JSON.parse accepted: nothing is verified again. `plain` promises that no string holds a brace,
 * which lets objects be skipped by their braces, many times faster. Elements may be searched from a cursor at or before them.
 */
export function findChild(text: string, start: number, segment: string, plain: boolean, from?: Cursor): Cursor | undefined {
  const isObject = text.charCodeAt(start) === OPEN_OBJECT;
  if (!isObject && text.charCodeAt(start) !== OPEN_ARRAY) return undefined;
  let index = from?.index ?? 0;
  let at = from?.at ?? skipSpace(text, start + 1);
  for (; ; index++) {
    const code = text.charCodeAt(at);
    if (code === CLOSE_OBJECT || code === CLOSE_ARRAY || Number.isNaN(code)) return undefined;
    let key = String(index);
    if (isObject) {
      const keyEnd = skipString(text, at);
      key = keyAt(text, at, keyEnd);
      at = skipSpace(text, skipSpace(text, keyEnd) + 1);
    }
    if (key === segment) return { index, at };
    at = skipSpace(text, skipValue(text, at, plain));
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
}

/** A value in the text; `end` may lie behind what follows it, up to the next member. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** All members of the object at `start`, by key; as findChild, for many searches of one object. */
export function membersAt(text: string, start: number, plain: boolean): Map<string, Span> {
  const members = new Map<string, Span>();
  if (text.charCodeAt(start) !== OPEN_OBJECT) return members;
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) === QUOTE) {
    const keyEnd = skipString(text, at);
    const key = keyAt(text, at, keyEnd);
    at = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = skipValue(text, at, plain);
    members.set(key, { start: at, end });
    at = skipSpace(text, end);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return members;
}

/** The offset behind the value that starts at `start`. */
export function skipValue(text: string, start: number, plain: boolean): number {
  const open = text.charCodeAt(start);
  if (open === OPEN_OBJECT) return plain ? skipByBraces(text, start) : skipContainer(text, start);
  if (open === OPEN_ARRAY) return (plain ? skipObjects(text, start) : undefined) ?? skipContainer(text, start);
  return skipScalar(text, start);
}

/** An array of nothing but objects; undefined for any other. */
function skipObjects(text: string, start: number): number | undefined {
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) === OPEN_OBJECT) {
    at = skipSpace(text, skipByBraces(text, at));
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return text.charCodeAt(at) === CLOSE_ARRAY ? at + 1 : undefined;
}

function keyAt(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  return inner.includes("\\") ? (JSON.parse(text.slice(start, end)) as string) : inner;
}

export function skipSpace(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at++;
  }
}

/** The offset behind the closing quote of the string that opens at `start`; the text's length when it never closes. */
export function skipString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = at;
    while (text.charCodeAt(slashes - 1) === BACKSLASH) slashes--;
    if ((at - slashes) % 2 === 0) return at + 1;
  }
  return text.length;
}

function skipScalar(text: string, start: number): number {
  if (text.charCodeAt(start) === QUOTE) return skipString(text, start);
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (!(code > 32) || code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT) return at;
    at++;
  }
}

function skipContainer(text: string, start: number): number {
  let open = 0;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = skipString(text, at) - 1;
    else if (code === OPEN_OBJECT || code === OPEN_ARRAY) open++;
    else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && --open === 0) return at + 1;
  }
}

/** Leaves the characters between braces to the engine's own search. */
function skipByBraces(text: string, start: number): number {
  let open = 1;
  let nextOpen = text.indexOf("{", start + 1);
  let close = start;
  while (open > 0) {
    close = text.indexOf("}", close + 1);
    for (; nextOpen >= 0 && nextOpen < close; nextOpen = text.indexOf("{", nextOpen + 1)) open++;
    open--;
  }
  return close + 1;
}
