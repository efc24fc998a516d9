import type { LoadError, SaveError } from "../../runtime/codec/v1.ts";
import { Refusal } from "../interpret/input.ts";

/** Why bytes or a state were refused. Paths have no numbers of elements, as the interpreter does not count them. */
export interface Refused {
  readonly code: string;
  readonly path: string;
  /** Where in the bytes the thing that is wrong begins; undefined for a state. */
  readonly offset: number | undefined;
  /** Where the field begins that it is in, as far as that is known. */
  readonly start: number | undefined;
}

/** What came of one attempt. */
export type Outcome<T = unknown> = { readonly done: T } | { readonly refused: Refused };

export function attempt<T>(work: () => T): Outcome<T> {
  try {
    return { done: work() };
  } catch (error) {
    return { refused: refusedOf(error) };
  }
}

function refusedOf(error: unknown): Refused {
  if (error instanceof Refusal) return { code: error.code, path: plainPath(error.path), offset: error.offset, start: error.start };
  if (isNamed<LoadError>(error, "LoadError"))
    return { code: error.code, path: plainPath(error.path), offset: error.offset, start: error.offset };
  if (isNamed<SaveError>(error, "SaveError")) return { code: error.code, path: plainPath(error.path), offset: undefined, start: undefined };
  throw error;
}

/** Generated code may have another copy of the runtime than the one that came with this file; its errors are known by name. */
function isNamed<E extends Error>(error: unknown, name: E["name"]): error is E {
  return error instanceof Error && error.name === name;
}

/** Names of fields may end like the number of an element. */
export function plainPath(path: string): string {
  return path.replaceAll(/\[\d+\]/g, "");
}

/** Values by what they hold: buffers and states are of several classes, and a wide state has its fields behind accessors. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const fields = "toJSON" in value && typeof value.toJSON === "function" ? (value.toJSON() as object) : value;
  return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, plain(inner)]));
}
