import { skipSpace } from "./json-index.ts";
import type { Source } from "./source.ts";

type Json = Record<string, unknown>;

/** How many texts of one length are remembered, so that a file full of them takes no longer than any other. */
const MOST_TEXTS = 8;

/**
 * What JSON.parse would give for a dump, with each text of a description parsed once only: in a real dump a third of all stand for several
 * types. Those types then have one and the same object. Undefined for a text that is not laid out as QEMU does it, or is no JSON.
 *
 * The descriptions are JSON, each for itself, and so is the text with empty objects in their places, so the whole is. That they are put back
 * where they came from is certain only if sections hold nothing but the keys of QEMU: isPlainDump has to accept the result, and the text
 * to have no more keys than that counted.
 */
export function parseShared({ text, sections: spans }: Source): Json | undefined {
  if (spans === undefined) return undefined;
  const descriptions: unknown[] = [];
  const between: string[] = [];
  const known = new Map<number, Known[]>();
  let done = 0;
  const rootEnd = text.lastIndexOf("}");
  try {
    for (const [type, { start, end }] of spans) {
      if (type === MACHINE) continue;
      const opened = openingOf(text, start, end);
      const closed = text.lastIndexOf("}", text.lastIndexOf("}", Math.min(end, rootEnd) - 1) - 1) + 1;
      if (opened === undefined || opened < done || closed <= opened) return undefined;
      between.push(text.slice(done, opened));
      descriptions.push(parseOnce(text.slice(opened, closed), known));
      done = closed;
    }
    between.push(text.slice(done));
    const root: unknown = JSON.parse(between.join("{}"));
    return putBack(root as Json, descriptions) ? (root as Json) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const MACHINE = "vmschkmachine";
const KEY = '"Description"';

interface Known {
  readonly text: string;
  readonly value: unknown;
}

/** Where the object behind a section's key Description opens. */
function openingOf(text: string, start: number, end: number): number | undefined {
  const key = text.indexOf(KEY, start);
  if (key < 0 || key >= end) return undefined;
  const colon = skipSpace(text, key + KEY.length);
  const value = skipSpace(text, colon + 1);
  return text[colon] === ":" && text[value] === "{" ? value : undefined;
}

/** By length, as that tells nearly all of them apart and costs no hash. */
function parseOnce(text: string, known: Map<number, Known[]>): unknown {
  const alike = known.get(text.length);
  const same = alike?.find((each) => each.text === text);
  if (same !== undefined) return same.value;
  const fresh = { text, value: JSON.parse(text) as unknown };
  if (alike === undefined) known.set(text.length, [fresh]);
  else if (alike.length < MOST_TEXTS) alike.push(fresh);
  return fresh.value;
}

/** In the order of the text, which is that of an object's members unless their keys are numbers. */
function putBack(root: Json, descriptions: readonly unknown[]): boolean {
  let at = 0;
  for (const type in root) {
    if (type === MACHINE) continue;
    const section = root[type];
    if (/^\d/.test(type) || typeof section !== "object" || section === null || at === descriptions.length) return false;
    (section as Json).Description = descriptions[at++];
  }
  return at === descriptions.length;
}
