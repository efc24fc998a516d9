import fc from "fast-check";
import { expect, test } from "vitest";
import { wrapNames, wrapProse } from "./wrap.ts";

const INDENT = { first: "  - ", rest: "    " };

test("prose wraps between words and never inside a quoted name", () => {
  expect(wrapProse("Type 'ICH9 SMB' stands against the receiver's 'ICH9-SMB'.", 26, INDENT)).toEqual([
    "  - Type 'ICH9 SMB' stands",
    "    against the receiver's",
    "    'ICH9-SMB'.",
  ]);
});

test("spaces inside a line are kept, as a log line must stay findable", () => {
  expect(wrapProse("minimum version_id  1", 80, INDENT)).toEqual(["  - minimum version_id  1"]);
});

test("names are not cut, whatever the width", () => {
  expect(wrapNames("affects 2 sections:", ["ICH9 SMB", "a".repeat(30)], 26, INDENT)).toEqual([
    "  - affects 2 sections:",
    "    ICH9 SMB,",
    `    ${"a".repeat(30)}`,
  ]);
});

test("a line is wider than the columns only for one word that is", () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom("a", "é", "/", "-"), minLength: 1, maxLength: 30 }), {
    minLength: 1,
    maxLength: 30,
  });
  fc.assert(
    fc.property(words, fc.integer({ min: 10, max: 60 }), (parts, columns) => {
      const lines = wrapProse(parts.join(" "), columns, { first: "", rest: "  " });
      expect(lines.map((line) => line.trimStart()).join(" ")).toBe(parts.join(" "));
      for (const line of lines) if ([...line].length > columns) expect(line.trim()).not.toContain(" ");
    }),
  );
});
