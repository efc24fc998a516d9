import { describe, test, vi } from "vitest";
import type { State } from "../interpret/input.ts";
import { SECTION_CHECKS } from "./checks/index.ts";
import { Descriptors } from "./descriptors.ts";
import { type Build, buildsOf, type Cell, openMatrix } from "./matrix.ts";
import type { MatrixOptions } from "./matrix-options.ts";
import { machineChecks } from "./metadata/checks.ts";
import { rulesOf } from "./rules/find-rules.ts";
import { SectionRuns } from "./run-section.ts";

const STATES = 8;
const SEED = 1;
/** In ms: a section with large arrays, on a machine that does something else as well. */
const TIMEOUT = 60_000;

/**
 * Declares tests for machine types, by name or alias: for each one that its generated files are fresh and that the last release's
 * machines move here and back, and for each section of each build that states survive, that what breaks a rule is refused, and that a
 * device can be saved and loaded again and again. To be called in a test file of vitest.
 */
export function describeMachines(names: readonly string[], options: MatrixOptions): void {
  const matrix = openMatrix(names, options);
  const runs = new SectionRuns(
    matrix.gen,
    (cell) => effortOf(cell, options),
    (path) => vi.importActual(path),
  );
  const checks = machineChecks(matrix, new Descriptors(matrix, options.runtime), options.previous);
  for (const machine of matrix.machines)
    describe(machine.name, () => {
      for (const { name, run } of checks) test(name, () => expectNothing(run(machine)), TIMEOUT);
      const builds = buildsOf(matrix, machine);
      for (const build of builds)
        describe(labelOf(build, builds), () => {
          for (const { name, cell } of named(build.cells)) describe(name, () => testSection(cell, runs));
        });
    });
}

function labelOf({ profile }: Build, builds: readonly Build[]): string {
  if (profile !== undefined) return `build ${profile}`;
  return builds.length === 1 ? "every build" : "no build's differences";
}

function testSection(cell: Cell, runs: SectionRuns): void {
  for (const check of Object.keys(SECTION_CHECKS)) test(check, async () => expectNothing(await runs.check(cell, check)), TIMEOUT);
  for (const rule of rulesOf(cell))
    test(
      `what breaks a rule is refused: ${rule.path}, ${rule.text}`,
      async ({ skip }) => {
        const { failures, untried } = await runs.rule(cell, rule);
        expectNothing(failures);
        if (untried !== undefined) skip(untried);
      },
      TIMEOUT,
    );
}

/** Sections of one name are told apart by the ids of their descriptions. */
function named(cells: readonly Cell[]): { readonly name: string; readonly cell: Cell }[] {
  return cells.map((cell) => {
    const isAlone = cells.filter(({ name }) => name === cell.name).length === 1;
    return { name: isAlone ? cell.name : `${cell.name} (${cell.id})`, cell };
  });
}

function effortOf({ name }: Cell, { states = STATES, seed = SEED, examples = {} }: MatrixOptions) {
  return { states, seed, examples: (examples[name] ?? []) as readonly State[] };
}

function expectNothing(failures: readonly string[]): void {
  if (failures.length > 0) throw new Error(failures.join("\n"));
}
