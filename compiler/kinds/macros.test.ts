import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { GOLDENS, nameOf } from "./golden/index.ts";
import { KINDS } from "./index.ts";
import { macroTable } from "./macro-table.ts";
import { MACROS } from "./macros.ts";

const ROOT = join(import.meta.dirname, "../..");
const rows = MACROS.flatMap((group) => group.rows);
const proofs = rows.flatMap((row) => row.proofs);
const cases = GOLDENS.map(nameOf);

describe.each(rows.map((row) => [row.macros.join(" "), row] as const))("%s", (_, row) => {
  test("has a golden case that shows its bytes", () => {
    expect(row.proofs).not.toEqual([]);
    expect(row.proofs.filter((proof) => !cases.includes(proof))).toEqual([]);
  });
});

test("A2e: every macro that QEMU has is in the table, once", () => {
  const known = readFileSync(join(ROOT, "fixtures/macros.txt"), "utf8")
    .split("\n")
    .filter((line) => /^[A-Z0-9]/.test(line));
  const listed = rows.flatMap(({ macros }) => macros).filter((name) => !name.startsWith("…"));
  expect([...listed].sort()).toEqual([...new Set(known)].sort());
  expect(new Set(listed).size).toBe(listed.length);
});

test("A2e: every kind is the counterpart of some macro", () => {
  expect(Object.keys(KINDS).filter((kind) => !proofs.some((proof) => proof.startsWith(`${kind}: `)))).toEqual([]);
});

test("the README has the table as it is", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const [, table] = /<!-- macros -->\n([\s\S]*?)\n<!-- \/macros -->/.exec(readme) ?? [];
  expect(table).toBe(macroTable());
});
