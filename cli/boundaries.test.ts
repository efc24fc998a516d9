import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

/** What the linter says of a file of one folder that imports from another. */
function lint(file: string, specifier: string): { status: number | null; output: string } {
  const tree = mkdtempSync(join(tmpdir(), "vmstate-lint-"));
  try {
    const rules = JSON.parse(readFileSync(join(ROOT, "biome.json"), "utf8")) as { vcs: unknown };
    writeFileSync(join(tree, "biome.json"), JSON.stringify({ ...rules, vcs: { enabled: false } }));
    mkdirSync(join(tree, dirname(file)), { recursive: true });
    writeFileSync(join(tree, file), `import { x } from "${specifier}";\n\nexport const y = x;\n`);
    const run = spawnSync(join(ROOT, "node_modules/.bin/biome"), ["lint", "."], { cwd: tree, encoding: "utf8" });
    return { status: run.status, output: run.stdout + run.stderr };
  } finally {
    rmSync(tree, { recursive: true });
  }
}

test.each([
  ["compiler/describe/x.ts", "../check/index.ts"],
  ["compiler/describe/x.ts", "ts-morph"],
  ["compiler/check/x.ts", "../../cli/main.ts"],
  ["compiler/check/rules/x.ts", "../../../machines/pc.ts"],
  ["compiler/check/x.ts", "../../runtime/stream/reader.ts"],
  ["compiler/check/x.ts", "ts-morph"],
  ["compiler/check/x.ts", "../ir.ts"],
  ["compiler/check/rules/x.ts", "../../kinds/index.ts"],
  ["compiler/check/x.ts", "../describe/write-metadata.ts"],
  ["compiler/check/model/writer.ts", "../align/slots.ts"],
  ["compiler/read/x.ts", "../emit/index.ts"],
  ["compiler/read/lint/x.ts", "../../check/index.ts"],
  ["compiler/read/x.ts", "../../runtime/codec/reader.ts"],
  ["compiler/read/x.ts", "../../machines/pc-2.2.ts"],
  ["compiler/import/x.ts", "../check/index.ts"],
  ["compiler/import/x.ts", "../../cli/main.ts"],
  ["compiler/import/x.ts", "../../runtime/codec/reader.ts"],
  ["compiler/emit/x.ts", "ts-morph"],
  ["compiler/code/x.ts", "../ir.ts"],
  ["compiler/kinds/x.ts", "../emit/save.ts"],
  ["compiler/kinds/body/x.ts", "../../emit/save.ts"],
  ["compiler/kinds/x.ts", "ts-morph"],
  ["compiler/ir.ts", "ts-morph"],
  ["cli/commands/x.ts", "ts-morph"],
  ["runtime/stream/x.ts", "ts-morph"],
  ["machines/devices/x.ts", "ts-morph"],
  ["machines/devices/x.ts", "../../compiler/testing/index.ts"],
  ["compiler/oracle/x.ts", "ts-morph"],
  ["compiler/testing/x.ts", "ts-morph"],
  ["compiler/testing/checks/x.ts", "../../../cli/compile/project.ts"],
  ["compiler/testing/x.ts", "../../machines/pc-2.2.ts"],
  ["compiler/testing/x.ts", "../../runtime/stream/reader.ts"],
  ["compiler/schema/x.ts", "../describe/index.ts"],
  ["runtime/stream/x.ts", "../../compiler/describe/index.ts"],
  ["runtime/stream/x.ts", "../../machines/pc-2.2.ts"],
  ["machines/devices/x.ts", "../../compiler/check/index.ts"],
])("the linter refuses that %s imports %s", (file, specifier) => {
  const { status, output } = lint(file, specifier);
  expect(output).toContain("noRestrictedImports");
  expect(status).not.toBe(0);
});

test.each([
  ["compiler/check/x.ts", "../describe/index.ts"],
  ["compiler/read/x.ts", "ts-morph"],
  ["compiler/read/x.ts", "../expr/expr.ts"],
  ["compiler/kinds/x.ts", "../code/code.ts"],
  ["compiler/emit/x.ts", "../kinds/index.ts"],
  ["compiler/import/x.ts", "ts-morph"],
  ["compiler/import/x.ts", "../read/index.ts"],
  ["compiler/import/x.ts", "../describe/index.ts"],
  ["machines/devices/x.ts", "../../compiler/schema/index.ts"],
  ["machines/gen/x.ts", "../../runtime/codec/reader.ts"],
  ["cli/x.ts", "../compiler/check/index.ts"],
  ["compiler/testing/x.ts", "../../runtime/codec/v1.ts"],
  ["compiler/testing/x.ts", "../read/index.ts"],
  ["machines/machines.test.ts", "../compiler/testing/index.ts"],
])("the linter lets %s import %s", (file, specifier) => {
  expect(lint(file, specifier).output).not.toContain("noRestrictedImports");
});

test("the compiler refuses an import against the direction of the project references", () => {
  const tree = mkdtempSync(join(tmpdir(), "vmstate-boundaries-"));
  try {
    const projects = ["runtime/codec", "compiler", "compiler/describe", "compiler/check"];
    for (const file of ["tsconfig.base.json", "package.json", ...projects.map((project) => `${project}/tsconfig.json`)]) {
      cpSync(join(ROOT, file), join(tree, file), { recursive: true });
    }
    for (const file of ["runtime/codec/v1.ts", "compiler/ir.ts"]) writeFileSync(join(tree, file), "export const nothing = 1;\n");
    symlinkSync(join(ROOT, "node_modules"), join(tree, "node_modules"));
    writeFileSync(join(tree, "compiler/check/index.ts"), "export const verdict = 1;\n");
    writeFileSync(join(tree, "compiler/describe/index.ts"), "export const field = 1;\n");
    const build = (): string =>
      spawnSync(join(ROOT, "node_modules/.bin/tsc"), ["-b", "compiler/describe"], { cwd: tree, encoding: "utf8" }).stdout;
    expect(build()).toBe("");
    writeFileSync(join(tree, "compiler/describe/index.ts"), 'export { verdict } from "../check/index.ts";\n');
    expect(build()).toMatch(/TS6307|TS6059/);
  } finally {
    rmSync(tree, { recursive: true });
  }
});
