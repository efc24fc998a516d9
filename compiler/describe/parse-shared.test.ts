import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "./json-parse.ts";
import { parseShared } from "./parse-shared.ts";
import { isPlainDump } from "./plain-dump.ts";
import { Source } from "./source.ts";

const seed = Number(process.env.VMSTATE_SEED ?? "1");

const sourceOf = (text: string): Source => new Source("x", text, text.length, () => "");

const description = (name: string, fields: number): object => ({
  name,
  version_id: 1,
  minimum_version_id: 0,
  Fields: Array.from({ length: fields }, (_, at) => ({ field: `${name}${at}`, version_id: 0, field_exists: at > 1, size: at })),
});

/** Sections by type, each with a description of so many fields: equal numbers are equal texts. */
function dumpOf(types: Readonly<Record<string, number>>, head: object = { vmschkmachine: { Name: "pc" } }): string {
  const sections = Object.entries(types).map(([Name, fields]) => {
    return [Name, { Name, version_id: 1, minimum_version_id: 0, Description: description("d", fields) }] as const;
  });
  return JSON.stringify({ ...head, ...Object.fromEntries(sections) }, undefined, 2);
}

test.each(readdirSync("fixtures/dumps"))("%s is what JSON.parse gives, and types share descriptions", (name) => {
  const text = gunzipSync(readFileSync(`fixtures/dumps/${name}`)).toString("utf8");
  const shared = parseShared(sourceOf(text)) as Record<string, { readonly Description?: object }>;
  expect(shared).toEqual(JSON.parse(text));
  const sections = Object.values(shared);
  expect(new Set(sections.map(({ Description }) => Description)).size).toBeLessThan(sections.length * 0.8);
});

test("descriptions go to the sections that they came from, whatever their order and length", () => {
  const text = dumpOf({ a: 2, b: 1, c: 2, d: 0, e: 1, f: 12 });
  for (const each of [text, JSON.stringify(JSON.parse(text)), JSON.stringify(JSON.parse(text), undefined, "\t")])
    expect(parseShared(sourceOf(each))).toEqual(JSON.parse(text));
});

test.each([
  ["a type that is a number", dumpOf({ a: 1, "7": 2, b: 3 })],
  ["a backslash", dumpOf({ "a\\": 1, b: 1 })],
  ["a section without description", dumpOf({ a: 1 }, { x: { Name: "x" } })],
  ["a description before the name", '{"a": {"Description": {}, "Name": "a", "version_id": 1}, "b": {"Name": "b", "Description": {}}}'],
  ["no section", "{}"],
])("%s is left to JSON.parse", (_, text) => {
  expect(parseShared(sourceOf(text))).toBeUndefined();
});

/** What parseJson makes of a text: the value, or the error. */
function outcome(text: string, expected?: typeof isPlainDump): { readonly said: unknown; readonly asExpected: boolean } {
  try {
    const { value, asExpected } = parseJson(sourceOf(text), expected);
    return { said: value, asExpected };
  } catch (error) {
    return { said: (error as Error).message, asExpected: false };
  }
}

test("a text changed at random is taken for no other value, and none of its faults is lost", () => {
  const token = fc.constantFrom(
    ...'{|}|[|]|,|:|"|\n|0|"a": {|}}|"Description": {}|"Name": "a",|"Description": {"name": "d"}|"a":1,'.split("|"),
  );
  const change = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), from: fc.nat(), put: fc.option(token, { nil: undefined }) });
  const types = fc.dictionary(fc.constantFrom("a", "b", "c", "dev"), fc.nat({ max: 2 }), { minKeys: 2 });
  let recognised = 0;
  fc.assert(
    fc.property(types, fc.array(change, { maxLength: 3 }), fc.boolean(), (sections, changes, minified) => {
      const dump = dumpOf(sections);
      let text = minified ? JSON.stringify(JSON.parse(dump)) : dump;
      for (const { at, length, from, put } of changes) {
        // Either a token, or a piece of the text itself.
        const piece = put ?? text.slice(from % text.length, (from % text.length) + length * 8);
        text = text.slice(0, at % text.length) + piece + text.slice((at % text.length) + length);
      }
      const glance = outcome(text, isPlainDump);
      if (glance.asExpected) recognised++;
      expect(glance.said, text).toEqual(outcome(text).said);
    }),
    { numRuns: 4000, seed },
  );
  expect(recognised).toBeGreaterThan(100);
});
