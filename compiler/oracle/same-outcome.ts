import { deepStrictEqual, ok } from "node:assert";
import { type Outcome, plain, type Refused } from "./outcome.ts";

/** Throws an assertion that begins with `what` when outcomes of the codec and of the interpreter are not the same. */
export function same(actual: Outcome, expected: Outcome, what: string): void {
  if ("refused" in actual && "refused" in expected) sameRefusal(actual.refused, expected.refused, what);
  else deepStrictEqual(plain(actual), plain(expected), what);
}

/**
 * A codec checks that a struct or an array of fixed length is there as a whole, before it looks inside; it names the struct, where the
 * interpreter names the field within, and where the whole begins.
 */
function sameRefusal(actual: Refused, expected: Refused, what: string): void {
  if (expected.code !== "truncated") {
    deepStrictEqual(place(actual), place(expected), what);
    return;
  }
  const within = expected.path.startsWith(`${actual.path}.`);
  if (!within) deepStrictEqual({ ...place(actual), offset: 0 }, { ...place(expected), offset: 0 }, what);
  const [offset, start, end] = [actual.offset ?? -1, within ? 0 : (expected.start ?? 0), expected.offset ?? 0];
  ok(offset >= start && offset <= end, `${what}: refused at offset ${offset}, which is not within ${start} to ${end}`);
}

function place({ code, path, offset }: Refused): Omit<Refused, "start"> {
  return { code, path, offset };
}
