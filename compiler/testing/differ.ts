import { isDeepStrictEqual } from "node:util";
import { interpretDiff } from "../interpret/diff.ts";
import type { State } from "../interpret/input.ts";
import { attempt, type Outcome, plain, type Refused } from "../oracle/outcome.ts";
import { same } from "../oracle/same-outcome.ts";
import type { Loaded, Section } from "./section.ts";

// Sentences on how two things differ that ought to be the same.

const MOST_LEAVES = 3;

/** The first leaves in which two states differ; undefined when they are the same. */
export function leavesThatDiffer({ vmsd, program }: Section, from: State, to: State): string | undefined {
  const [a, b] = [plain(from), plain(to)] as [State, State];
  if (isDeepStrictEqual(a, b)) return undefined;
  const all = interpretDiff(vmsd, a, b, program);
  if (all.length === 0) return "a field that it should not have";
  const shown = all.slice(0, MOST_LEAVES).map((leaf) => `${leaf.path} is ${shortJson(leaf.from)} there and ${shortJson(leaf.to)} here`);
  return `${shown.join(", ")}${all.length > MOST_LEAVES ? ` and ${all.length - MOST_LEAVES} more` : ""}`;
}

/** What came of a codec's work; that it threw what no codec throws is told as a refusal that none is due for. */
export function tried<T>(work: () => T): Outcome<T> {
  try {
    return attempt(work);
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { refused: { code: `a crash (${what})`, path: "some place", offset: undefined, start: undefined } };
  }
}

/** How what a codec did differs from what the interpreter says is due; undefined when it does not. */
export function wrong<T>(actual: Outcome<T>, due: Outcome<T>, differ: (due: T, actual: T) => string | undefined): string | undefined {
  if ("done" in due) return "done" in actual ? differ(due.done, actual.done) : `it is refused: ${refusal(actual.refused)}`;
  if ("done" in actual) return `it is accepted, where ${refusal(due.refused)} is due`;
  try {
    same(actual, due, "");
    return undefined;
  } catch {
    return `it is refused as ${refusal(actual.refused)}, where ${refusal(due.refused)} is due`;
  }
}

export function bytesThatDiffer(due: Uint8Array, actual: Uint8Array): string | undefined {
  const at = due.findIndex((byte, index) => byte !== actual[index]);
  if (at === -1 && due.length === actual.length) return undefined;
  const sizes = due.length === actual.length ? "" : `; ${due.length} bytes are due, ${actual.length} came`;
  const hex = (bytes: Uint8Array): string => (at === -1 ? "" : Buffer.from(bytes.subarray(at, at + 4)).toString("hex"));
  return at === -1 ? sizes.slice(2) : `from offset ${at} on ${hex(due)} is due, ${hex(actual)} came${sizes}`;
}

export function loadsThatDiffer(section: Section, due: Loaded, actual: Loaded): string | undefined {
  const ends = due.end === actual.end ? undefined : `it ends at ${actual.end}, where ${due.end} is due`;
  return leavesThatDiffer(section, due.state, actual.state) ?? ends;
}

export function refusal({ code, path, offset }: Pick<Refused, "code" | "path" | "offset">): string {
  return `${code} at ${path}${offset === undefined ? "" : `, offset ${offset}`}`;
}

const LONGEST = 60;

export function shortJson(value: unknown): string {
  const text = JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? `${inner}n` : inner)) ?? "nothing";
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
