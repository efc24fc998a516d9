import { type Span, skipSpace } from "./json-index.ts";

const QUOTE = 34;
const COLON = 58;
const OPEN_OBJECT = 123;

/**
 * As membersAt for a whole text, if isPlainDump accepts it, without a look at what the sections hold: each has one key Name, and in QEMU's
 * own order it is the first. Undefined where it is not, or where an escaped quote could pass for one.
 */
export function sectionsAt(text: string): Map<string, Span> | undefined {
  if (text.includes("\\")) return undefined;
  const members = new Map<string, Span>();
  let [key, opened] = ["", -1];
  // Without the quote in front: a letter that is rare is found faster than a quote.
  for (let name = text.indexOf('Name"'); name >= 0; name = text.indexOf('Name"', name + 1)) {
    const colon = skipSpace(text, name + 5);
    // The name of a field, or a section of that type.
    if (text.charCodeAt(name - 1) !== QUOTE || text.charCodeAt(colon) !== COLON || text.charCodeAt(skipSpace(text, colon + 1)) !== QUOTE)
      continue;
    const start = spaceBefore(text, name - 1) - 1;
    if (text.charCodeAt(start) !== OPEN_OBJECT) return undefined;
    const keyEnd = spaceBefore(text, spaceBefore(text, start) - 1) - 1;
    const keyStart = text.lastIndexOf('"', keyEnd - 1);
    if (opened >= 0) members.set(key, { start: opened, end: keyStart });
    key = text.slice(keyStart + 1, keyEnd);
    opened = start;
  }
  return members.set(key, { start: opened, end: text.length });
}

/** Where the white space begins that ends before `end`. */
function spaceBefore(text: string, end: number): number {
  let at = end;
  for (;;) {
    const code = text.charCodeAt(at - 1);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at--;
  }
}
