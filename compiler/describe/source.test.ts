import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { countsBefore, WINDOW } from "./count-marks.ts";
import { parseJson } from "./json-parse.ts";
import { LineCounter } from "./line-counter.ts";
import { isPlainDump } from "./plain-dump.ts";
import { pointerSegment, Source } from "./source.ts";

const source = (text: string): Source => new Source("x", text, text.length, () => "");

/** Every pointer of a value with the value it names. */
function* pointers(value: unknown, at = ""): Generator<[string, unknown]> {
  yield [at, value];
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* pointers(inner, at + pointerSegment(key));
}

function parsed(place: Source): unknown {
  const { value, asExpected } = parseJson(place, isPlainDump);
  place.isPlainDump = asExpected;
  return value;
}

function expectEveryPointer(text: string): void {
  const place = source(text);
  for (const [pointer, value] of pointers(parsed(place))) {
    const found = place.locate(pointer);
    expect(JSON.parse(text.slice(found?.offset, found?.end)), pointer).toEqual(value);
    const before = text.slice(0, found?.offset).split("\n");
    expect([found?.line, found?.column]).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1]);
  }
}

test.each([undefined, 2, "\t"])("each pointer of a JSON value slices to that value, indented by %j", (indent) => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 4 }), (value) => expectEveryPointer(JSON.stringify(value, undefined, indent))),
    { numRuns: 200 },
  );
});

test("strings with braces, quotes and colons mislead nobody", () => {
  expectEveryPointer('{ "a": "}{", "b{": {"c\\"": ["]", {"d": "\\\\"}]}, "e:" : 1 }');
});

test("each pointer of a real dump is found, pretty and minified", () => {
  const text = gunzipSync(readFileSync("fixtures/dumps/qemu-10.0-pc-i440fx-2.12.json.gz")).toString("utf8");
  for (const form of [text, JSON.stringify(JSON.parse(text))]) {
    const place = source(form);
    const sampled = [...pointers(parsed(place))].filter((_, nth) => nth % 29 === 0);
    // Backwards, so that the counter has to go back.
    for (const [pointer, value] of sampled.reverse()) {
      const found = place.locate(pointer);
      expect(JSON.parse(form.slice(found?.offset, found?.end)), pointer).toEqual(value);
    }
  }
});

test.each(["before", "after"])("lines and columns are right in any order of asking, %s the fast counter pays", (when) => {
  if (when === "after") while (countsBefore("x".repeat(WINDOW), ":", WINDOW) === undefined);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 900 }),
      fc.infiniteStream(fc.nat()),
      fc.constantFrom(1, 60, 4000),
      fc.boolean(),
      (lengths, picks, width, isAscii) => {
        const text = lengths.map((length) => "x".repeat(length * width)).join("\n");
        const counter = new LineCounter(text, isAscii);
        for (const pick of picks.take(20)) {
          const offset = pick % (text.length + 1);
          const before = text.slice(0, offset).split("\n");
          expect(counter.positionAt(offset)).toEqual({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset });
        }
      },
    ),
    { numRuns: 100 },
  );
});

test("a section that is called like a key inside others is found where it is", () => {
  const section = (name: string): object => ({
    Name: name,
    version_id: 1,
    minimum_version_id: 1,
    Description: { name, version_id: 1, minimum_version_id: 1, Fields: [{ field: name, version_id: 1, field_exists: false, size: 1 }] },
  });
  const keys = ["x", "size", "Description", "Name", "num", "field", "Fields", "7"];
  const build = (more: readonly string[]): object =>
    Object.fromEntries([["vmschkmachine", { Name: "Name" }], ...[...keys, ...more].map((key) => [key, section(key)])]);
  for (const more of [[], ["{"], ["a}", "b{c"], ['"'], ['x"Name'], ["\\"], ["~/~1"]])
    for (const indent of [undefined, 2]) expectEveryPointer(JSON.stringify(build(more), undefined, indent));
});

test("a character is counted as often as it occurs, whatever the length of the text", () => {
  const enough = "x".repeat(WINDOW);
  while (countsBefore(enough, ":", WINDOW) === undefined);
  for (const length of [0, 1, 15, 16, 1023, 1024, WINDOW - 1, WINDOW, WINDOW + 1, 2 * WINDOW + 700]) {
    const text = "a:b\n::".repeat(length / 6 + 1).slice(0, length);
    const counts = countsBefore(text, ":", 1024) ?? [];
    expect(counts.length).toBe(Math.ceil(length / 1024) + 1);
    for (const [at, count] of counts.entries()) expect(count).toBe(text.slice(0, at * 1024).split(":").length - 1);
    expect(countsBefore(text, ":", WINDOW)?.at(-1)).toBe(counts.at(-1));
  }
});
