import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const SERIAL = join(ROOT, "fixtures/descriptors/serial.ts");
const COPIES = 60;
/** What TypeScript 7.0 counted is 1,230 for a copy of the two vmsds; a type that grows with them would show at once. */
const BUDGET = COPIES * 1300;

const STRICT = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"];
const MODULES = ["--target", "es2023", "--lib", "es2023", "--module", "nodenext", "--types", "", "--allowImportingTsExtensions"];
// One thread, as several would count what they share more than once.
const OPTIONS = ["--ignoreConfig", "--noEmit", "--singleThreaded", "--extendedDiagnostics", ...STRICT, ...MODULES];

/** The vmsds of one fixture many times over, each under names of its own. */
function manyVmsds(): string {
  const [imports = "", ...rest] = readFileSync(SERIAL, "utf8").split("\n\n");
  const constants = rest.slice(
    0,
    rest.findIndex((part) => part.startsWith("export const fifo8")),
  );
  const vmsds = rest.slice(constants.length).join("\n\n");
  const copies = Array.from({ length: COPIES }, (_, index) => vmsds.replace(/\b(fifo8|serial|SerialState)\b(?!["/])/g, `$1_${index}`));
  return [imports.replace("../..", ROOT), ...constants, ...copies].join("\n\n");
}

test("types of many vmsds cost no more than was recorded", () => {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-types-"));
  try {
    const file = join(folder, "many.ts");
    writeFileSync(file, manyVmsds());
    const { stdout } = spawnSync(join(ROOT, "node_modules/.bin/tsc"), [...OPTIONS, file], { encoding: "utf8" });
    expect(stdout).not.toContain("error TS");
    const instantiations = Number(/^Instantiations:\s+(\d+)$/m.exec(stdout)?.[1]);
    expect(instantiations).toBeGreaterThan(COPIES * 100);
    expect(instantiations).toBeLessThanOrEqual(BUDGET);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
