import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { emitCodec } from "../emit/codec-module.ts";
import { emitView } from "../emit/view-module.ts";
import type { Ir, VmsdIr } from "../ir.ts";
import { programOf } from "../program.ts";
import { randomSchema } from "./random-schema.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SCHEMAS = 12;

/** A state with nothing in it, whose functions have nothing to do. */
const EMPTY: VmsdIr = {
  id: "empty",
  name: "empty",
  versionId: 1,
  minimumVersionId: 1,
  properties: {},
  fields: [],
  subsections: [],
  types: [],
  at: { file: "empty.ts", line: 1, column: 1 },
};

function filesOf(vmsds: Readonly<Record<string, VmsdIr>>): [string, string][] {
  const program = programOf(vmsds);
  const paths = { runtime: "../runtime/codec/v1.ts", codec: (id: string) => `./${id}.ts`, view: (id: string) => `./${id}.view.ts` };
  return Object.values(vmsds).flatMap((vmsd): [string, string][] => [
    [`${vmsd.id}.ts`, emitCodec(vmsd, program, paths)],
    [`${vmsd.id}.view.ts`, emitView(vmsd, program, paths)],
  ]);
}

test("generated codecs and views pass the strict type check", () => {
  const { vmsds } = JSON.parse(readFileSync(join(ROOT, "fixtures/descriptors/every-kind.ir.json"), "utf8")) as Ir;
  const groups = { every: vmsds, empty: { empty: EMPTY } };
  const random = Array.from({ length: SCHEMAS }, (_, at) => [`seed${at}`, randomSchema(at).vmsds] as const);
  const tree = mkdtempSync(join(tmpdir(), "vmstate-types-"));
  try {
    cpSync(join(ROOT, "tsconfig.base.json"), join(tree, "tsconfig.base.json"));
    cpSync(join(ROOT, "runtime/codec"), join(tree, "runtime/codec"), { recursive: true, filter: (path) => !path.endsWith(".test.ts") });
    symlinkSync(join(ROOT, "node_modules"), join(tree, "node_modules"));
    writeFileSync(join(tree, "package.json"), '{"type":"module"}');
    const options = { composite: false, declaration: false, emitDeclarationOnly: false, noEmit: true };
    writeFileSync(join(tree, "tsconfig.json"), JSON.stringify({ extends: "./tsconfig.base.json", compilerOptions: options }));
    for (const [folder, each] of [...Object.entries(groups), ...random]) {
      mkdirSync(join(tree, folder));
      for (const [name, text] of filesOf(each)) writeFileSync(join(tree, folder, name), text);
    }
    expect(spawnSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", "."], { cwd: tree, encoding: "utf8" }).stdout).toBe("");
  } finally {
    rmSync(tree, { recursive: true });
  }
});
