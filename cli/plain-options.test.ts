import { parseArgs } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePlainOptions } from "./plain-options.ts";

const OPTIONS = {
  vm: { type: "string" },
  "fail-on": { type: "string", multiple: true },
  json: { type: "boolean" },
  verbose: { type: "boolean", short: "v" },
} as const;

const words = fc.array(
  fc.constantFrom(
    "a.json",
    "",
    "-",
    "--",
    "-v",
    "--json",
    "--vm",
    "--vm=x",
    "--fail-on",
    "--verbose",
    "--no-json",
    "--other",
    "--toString",
    "warning",
  ),
  { maxLength: 7 },
);

test("what is read plainly is read as node:util reads it", () => {
  let plainly = 0;
  fc.assert(
    fc.property(words, (args) => {
      const plain = parsePlainOptions(args, OPTIONS);
      if (plain === undefined) return;
      plainly++;
      const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
      expect(plain).toEqual({ values, positionals });
    }),
    { numRuns: 3000 },
  );
  expect(plainly).toBeGreaterThan(100);
});

test("a command line of paths and long options is read plainly", () => {
  const args = ["old.json", "new.json", "--fail-on", "error", "--fail-on", "info", "--json", "--vm", "vm.txt"];
  expect(parsePlainOptions(args, OPTIONS)).toEqual({
    values: { "fail-on": ["error", "info"], json: true, vm: "vm.txt" },
    positionals: ["old.json", "new.json"],
  });
});
