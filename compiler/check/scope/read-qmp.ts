import { InputError, parseJson, Source } from "../../describe/index.ts";
import type { Scope } from "../compare.ts";
import { newScope } from "./new-scope.ts";

/** Objects of the QOM tree that are neither devices nor hold any. */
const PLUMBING = new Set(["irq", "memory-region", "qemu:memory-region"]);

interface Property {
  readonly name: unknown;
  readonly type: string;
}

/**
 * Reads JSON: an array of QOM types, or what a QMP server answered to qom-list, one answer or many one after the other. Of the
 * properties only `child<T>` counts: a `link<T>` names the class that it accepts, not a device that exists.
 * qom-list does not descend, so the scope is complete only when there is an answer for each child. Throws InputError.
 */
export function readQmp(text: string, path: string): Scope {
  const answers: (readonly unknown[])[] = [];
  for (const { from, to } of splitValues(text)) {
    const answer = answerOf(parseAt(text, path, from, to), path, from, text);
    if (answer !== undefined) answers.push(answer);
  }
  const items = answers.flat();
  const strings = items.filter((item): item is string => typeof item === "string");
  const properties = items.filter(isProperty);
  if (strings.length + properties.length !== items.length) throw notTypes(path);
  const children = properties.filter(({ type }) => /^child<.+>$/.test(type)).map(({ name, type }) => ({ name, type: type.slice(6, -1) }));
  const nodes = children.filter(({ type }) => !PLUMBING.has(type));
  const types = [...strings, ...nodes.map(({ type }) => type)].filter((type) => type !== "container" && type !== "");
  if (types.length === 0 && nodes.length === 0) throw new InputError("EMPTY", path, "The JSON names no device type.");
  return newScope("qmp", types, unansweredOf(nodes.length, answers.filter((answer) => answer.some(isProperty)).length));
}

function unansweredOf(nodes: number, answers: number): string[] {
  const missing = nodes - (answers - 1);
  return nodes > 0 && missing > 0 ? [`what lies under ${missing} of ${nodes} listed objects`] : [];
}

function isProperty(item: unknown): item is Property {
  return typeof item === "object" && item !== null && "type" in item && "name" in item && typeof item.type === "string";
}

/** The array of one value; undefined for what a QMP session says besides answers (greeting, events, empty answers). */
function answerOf(value: unknown, path: string, offset: number, text: string): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value === "object" && value !== null) {
    if ("return" in value && Array.isArray(value.return)) return value.return;
    if ("QMP" in value || "event" in value || ("return" in value && isEmpty(value.return))) return undefined;
    if ("error" in value) {
      throw new InputError("QMP_ERROR", path, "The QMP server answered with an error.", sourceOf(path, text).positionAt(offset));
    }
  }
  throw notTypes(path);
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function notTypes(path: string): InputError {
  return new InputError(
    "NOT_A_SCOPE",
    path,
    "This JSON does not list the devices of a VM: it is neither an array of types nor an answer of qom-list.",
  );
}

function sourceOf(path: string, text: string): Source {
  return new Source(path, text, text.length, () => "");
}

function parseAt(text: string, path: string, from: number, to: number): unknown {
  try {
    return parseJson(sourceOf(path, text.slice(from, to))).value;
  } catch (error) {
    // Positions count from the start of the value; the same text with what precedes it blanked gives those of the file.
    if (from > 0 && error instanceof InputError) parseJson(sourceOf(path, text.slice(0, from).replace(/\S/g, " ") + text.slice(from, to)));
    throw error;
  }
}

/** Where the values of a session begin and end; the last one runs to the end of the text, closed or not. */
function splitValues(text: string): { from: number; to: number }[] {
  const values: { from: number; to: number }[] = [];
  let depth = 0;
  let from = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (inString) {
      if (mark === "\\") at++;
      else if (mark === '"') inString = false;
    } else if (mark === '"') inString = true;
    else if (mark === "{" || mark === "[") depth++;
    else if ((mark === "}" || mark === "]") && --depth === 0) {
      values.push({ from, to: at + 1 });
      from = at + 1;
    }
  }
  if (text.slice(from).trim() !== "") values.push({ from, to: text.length });
  return values;
}
