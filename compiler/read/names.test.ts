import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { print } from "../expr/print.ts";
import { type Read, readDescriptors, SchemaErrors } from "./index.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Reads the first of some files, which find the language under its name in the package. */
function read(files: Readonly<Record<string, string>>): Read {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-read-"));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return readDescriptors(folder, Object.keys(files).slice(0, 1));
}

function errorsOf(files: Readonly<Record<string, string>>): string[] {
  try {
    read(files);
  } catch (error) {
    if (error instanceof SchemaErrors) return error.errors.map(({ message }) => message);
    throw error;
  }
  return [];
}

const vmsd = (id: string, fields: string, more = ""): string =>
  `export const ${id} = vmsd("${id}", { versionId: 1, minimumVersionId: 1, fields: { ${fields} }, ${more} });\n`;
const IMPORT = `import { array, struct, uint8, uint16, vmsd } from "vmstate/schema";\n`;

test("the language is known by its module, under whatever name it is imported", () => {
  const { ir } = read({
    "a.ts": `import * as all from "vmstate/schema";
import { uint8 as byte, vmsd as describe } from "vmstate/schema";
export const a = describe("a", { versionId: 1, minimumVersionId: 1, fields: { x: byte, y: all.array(all.uint16, 2) } });`,
  });
  expect(ir.vmsds.a?.fields.map(({ kind }) => kind)).toEqual([{ kind: "uint8" }, { kind: "array", element: { kind: "uint16" }, count: 2 }]);
});

test("what only has the name of the language's words is not the language", () => {
  const { ir } = read({ "a.ts": `const vmsd = (name: string, rest: object) => ({ name, ...rest });\n${vmsd("a", "")}` });
  expect(ir.vmsds).toEqual({});
});

test("imports are followed, by every way to write them, and the files are told", () => {
  const { ir, files } = read({
    "a.ts": `${IMPORT}import { b } from "./sub/index.js";
import { c } from "./sub";
import type { Nothing } from "./missing.ts";
${vmsd("a", "b: struct(b), c: struct(c)")}`,
    "sub/index.ts": `export * from "./b.ts";\nexport { inner as c } from "./c";\n`,
    "sub/b.ts": `${IMPORT}${vmsd("b", "x: uint8")}`,
    "sub/c.ts": `${IMPORT}${vmsd("inner", "x: uint8")}`,
  });
  expect(Object.keys(ir.vmsds)).toEqual(["b", "inner", "a"]);
  expect(files).toEqual(["a.ts", "sub/index.ts", "sub/b.ts", "sub/c.ts"]);
});

test("constants are folded through objects, enums and files", () => {
  const { ir } = read({
    "a.ts": `${IMPORT}import * as limits from "./limits.ts";
enum Bit { One = 1 << 0, Two = One2, Three, Four = Three + 3 }
const One2 = 2;
const NESTED = { deep: { er: limits.LIMIT } } as const;
${vmsd("a", "x: array(uint8, limits.LIMIT), y: array(uint8, NESTED.deep.er * 2), z: array(uint8, Bit.Three)", "validate: { x: (s) => s.x[0] === ~limits.default_mask }")}`,
    "limits.ts": "export const LIMIT = (0x10 >> 1) as number;\nexport const default_mask = -LIMIT;\n",
  });
  expect(ir.vmsds.a?.fields.map(({ kind }) => (kind.kind === "array" ? kind.count : undefined))).toEqual([8, 16, 3]);
  expect(print(ir.vmsds.a?.fields[0]?.validate as never)).toBe("s.x[0] === 7");
});

test("an arrow that is called is put in place, its parameters meaning what is given", () => {
  const { ir } = read({
    "a.ts": `${IMPORT}import { above } from "./tests.ts";
const both = (state: { x: number; y: number }, s: number) => above(state.x, s) && above(state.y, s + 1);
${vmsd("a", "x: uint8, y: uint16, z: uint8", "exists: { z: (st, m, v) => both(st, v) || m.on }, properties: { on: true }, absent: { z: 1 }")}`,
    "tests.ts": "const LEAST = 3;\nexport const above = (value: number, least: number) => value > least + LEAST;\n",
  });
  expect(print(ir.vmsds.a?.fields[2]?.exists as never)).toBe("s.x > versionId + 3 && s.y > versionId + 1 + 3 || m.on");
});

test("properties of what is within are a vmsd's own, but for those that it sets", () => {
  const { ir } = read({
    "a.ts": `${IMPORT}${vmsd("inner", "x: uint8", "properties: { depth: 3, wide: false, name: 'n' }, validate: { x: (s, m) => m.wide && s.x < m.depth }")}
${vmsd("outer", "a: array(struct(inner, { with: { wide: () => true } }), 2)", "properties: { depth: 4 }")}
${vmsd("outermost", "a: struct(outer)")}`,
  });
  expect(ir.vmsds.outer?.properties).toEqual({ depth: 4, name: "n" });
  expect(ir.vmsds.outermost?.properties).toEqual({ depth: 4, name: "n" });
});

test("all that is wrong in a run is told, in the order of the source, what is used twice once", () => {
  const errors = errorsOf({
    "a.ts": `${IMPORT}import { b } from "./b.ts";
const kind = array(uint8, 0);
${vmsd("a", "x: kind, y: kind, z: struct(b)", "exists: { x: (s) => s.q > 0 }, early: 3")}`,
    "b.ts": `${IMPORT}${vmsd("b", "x: uint8, y: uint9", "validate: { x: () => Date.now() > 3 }")}`,
  });
  expect(errors.map((message) => message.replace(/: .*/, ""))).toEqual([
    "a.ts:3:27",
    "a.ts:4:129",
    "a.ts:4:147",
    "b.ts:2:88",
    "b.ts:2:118",
  ]);
  expect(errors[4]).toBe("b.ts:2:118: A predicate may not call 'Date.now()'.");
});
