import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { findTrailer } from "../trailer.ts";
import { parseMembers } from "./json.ts";
import { styleOf, writeJson } from "./write-json.ts";

test.each([
  ['{ "page_size" : 4096, "devices" : [ { "a" : true, "a" : [  ] }, {  } ] }', "spaced"],
  ['{"page_size": 4096, "devices": [{"a": "q\\"\\\\", "a": []}, {}, -1]}', "compact"],
])("%s is written as it was", (text, style) => {
  expect(styleOf(text)).toBe(style);
  expect(writeJson(parseMembers(text, 0), styleOf(text))).toBe(text);
});

test("a sign that is no byte stays an escape", () => {
  expect(writeJson(parseMembers('"\\u1f00\\u00e9"', 0), "compact")).toBe('"\\u1f00\xe9"');
});

test("every real description is written as it was", () => {
  const styles = new Set<string>();
  for (const file of readdirSync("fixtures/streams").filter((each) => each.endsWith(".mig.gz"))) {
    const bytes = gunzipSync(readFileSync(`fixtures/streams/${file}`));
    const trailer = findTrailer(bytes, bytes.length);
    if (trailer === undefined) continue;
    const text = bytes.subarray(trailer.at).toString("latin1");
    styles.add(styleOf(text));
    expect(writeJson(parseMembers(text, 0), styleOf(text)) === text, file).toBe(true);
  }
  expect(styles).toEqual(new Set(["spaced", "compact"]));
});
