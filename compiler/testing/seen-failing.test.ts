import { rmSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { State } from "../interpret/input.ts";
import { withPlanted } from "../oracle/plant.ts";
import { PLANTED } from "../oracle/planted.ts";
import { SECTION_CHECKS } from "./checks/index.ts";
import { Descriptors } from "./descriptors.ts";
import { buildsOf, type Cell, type Matrix, openMatrix } from "./matrix.ts";
import { machineChecks } from "./metadata/checks.ts";
import { rulesOf } from "./rules/find-rules.ts";
import { SectionRuns } from "./run-section.ts";
import { SampleProject } from "./sample-project.ts";

// Every check is seen failing on what it is there for, and none fails on what is right.

let project: SampleProject;
beforeEach(() => {
  project = new SampleProject();
});
afterEach(() => rmSync(project.root, { recursive: true }));

/** What fails, test by test, as `describeMachines` would have it. */
async function failing(names: readonly string[], examples: Readonly<Record<string, readonly State[]>> = {}): Promise<string[]> {
  const matrix = openMatrix(names, project.options);
  const failures: string[] = [];
  const note = (test_: string, sentences: readonly string[]): void => void failures.push(...sentences.map((each) => `${test_}: ${each}`));
  const checks = machineChecks(matrix, new Descriptors(matrix), project.options.previous);
  for (const machine of matrix.machines) for (const { name, run } of checks) note(name, run(machine));
  for (const cell of cellsOf(matrix))
    for (const [name, sentences] of await runCell(matrix, cell, examples)) note(`${cell.name}: ${name}`, sentences);
  return failures;
}

function cellsOf(matrix: Matrix): Cell[] {
  return matrix.machines.flatMap((machine) => buildsOf(matrix, machine).flatMap(({ cells }) => cells));
}

async function runCell(
  matrix: Matrix,
  cell: Cell,
  examples: Readonly<Record<string, readonly State[]>>,
): Promise<[string, readonly string[]][]> {
  const effort = { states: 8, seed: 1, examples: examples[cell.name] ?? [] };
  const runs = new SectionRuns(
    matrix.gen,
    () => effort,
    (path) => vi.importActual(path),
  );
  const done: [string, readonly string[]][] = [];
  for (const name of Object.keys(SECTION_CHECKS)) done.push([name, await runs.check(cell, name)]);
  for (const rule of rulesOf(cell)) {
    const { failures, untried } = await runs.rule(cell, rule);
    done.push([`rule ${rule.path}`, untried === undefined ? failures : [`untried: ${untried}`]]);
  }
  return done;
}

test("nothing fails on what is right", async () => {
  expect(await failing(["pc-2.2", "pc-2.1", "old"])).toEqual([]);
});

test("a bug in a generated codec", async () => {
  const planted = PLANTED.find(({ kind, what }) => kind === "uint16" && what === "the low byte first on save");
  if (planted === undefined) throw new Error("There is no such bug.");
  expect(withPlanted(planted, () => project.compile()).changed).toBe(true);
  const failures = await failing(["pc-2.1"]);
  expect(failures).toContainEqual(
    expect.stringMatching(/^nic: states survive a round trip: random state 1: on save, from offset \d+ on \w+ is due/),
  );
  expect(failures).toContainEqual(expect.stringMatching(/^the generated code is what the descriptors make: .* is stale$/));
});

test("a codec that reads beyond the end", async () => {
  project.edit("gen/codecs/clock.ts", /if \([^\n]*throw truncated[^\n]*/, "");
  const failures = await failing(["pc-2.2"]);
  expect(failures).toContainEqual(expect.stringMatching(/^clock: states survive a round trip: .*cut at byte/));
});

test("a codec that leaves what was there", async () => {
  project.edit("gen/codecs/nic.ts", /(export function loadInto[\s\S]*?)s\.control = [^\n]*/, "$1");
  const failures = await failing(["pc-2.2"]);
  expect(failures).toContainEqual(
    expect.stringMatching(
      /^nic: one device survives .* again: round \d+: loaded into a state that was reset, control is \d+ there and \d+ here/,
    ),
  );
});

test("a view that shows something else", async () => {
  project.edit("gen/codecs/clock.view.ts", /(toJson[\s\S]*?s\.ticks)/, "$1 + 1");
  expect(await failing(["pc-2.2"])).toContainEqual(expect.stringMatching(/^clock: states survive .*as JSON, ticks is/));
});

const IN_LOAD_INTO = /(export function loadInto[\s\S]*?)if \([^\n]*throw invalid[^\n]*/;

test.each([
  [
    "validate, on save",
    "codecs/nic.ts",
    /if \([^\n]*throw unsendable[^\n]*/,
    "rule nic.control: on save of a state that breaks it, it is accepted",
  ],
  [
    "validate, on load",
    "codecs/nic.ts",
    /if \([^\n]*throw invalid[^\n]*/,
    "rule nic.control: on load of bytes that break it, it is accepted",
  ],
  ["validate, on load into a state", "codecs/nic.ts", IN_LOAD_INTO, "rule nic.control: on load into a state, it is accepted"],
  [
    "equal, on save",
    "codecs/nic.ts",
    /if \([^\n]*throw unlikeLocal[^\n]*/,
    "rule nic.queues: on save of a state that breaks it, it is accepted",
  ],
  ["equal, on load", "codecs/nic.ts", /if \([^\n]*throw notEqual[^\n]*/, "rule nic.queues: on load of bytes that break it, it is accepted"],
  [
    "limit, on save",
    "codecs/ring.ts",
    /if \([^\n]*throw aboveLimit[^\n]*/,
    "rule nic.rx.entries: on save of a state that breaks it, it is",
  ],
  ["limit, on load", "codecs/ring.ts", /if \([^\n]*throw beyondLimit[^\n]*/, "rule nic.rx.entries: on load of bytes that break it, it is"],
])("a rule that is not kept: %s", async (_, file, text, due) => {
  project.edit(`gen/${file}`, text, text === IN_LOAD_INTO ? "$1" : "");
  expect(await failing(["pc-2.2"])).toContainEqual(expect.stringContaining(due));
});

test("a rule that nothing was found to break is told, and one that nothing can break is none", async () => {
  project.edit(
    "machines/devices.ts",
    "control: (s) => s.control < 200",
    "control: (s) => s.control < 256, high: (s) => s.high * 3 !== 1234567",
  );
  project.compile();
  project.release();
  expect(await failing(["pc-2.2"])).toEqual([
    "nic: rule nic.high: untried: no state was found that breaks it: nic.high, s.high * 3 !== 1234567",
  ]);
});

test("descriptors that were changed and not compiled", async () => {
  project.edit("machines/machines.ts", "wide: false", "wide: true");
  project.edit("machines/devices.ts", "high: uint32", "high: uint32, low: uint32");
  const failures = await failing(["pc-2.1"]);
  const fresh = "the generated metadata says what the descriptors say";
  expect(failures).toContain(`${fresh}: pc-2.1 sets nic.wide to true (it was false)`);
  expect(failures).toContainEqual(expect.stringMatching(`^${fresh}: section nic differs in .*low`));
  const promises = "the last release's machines move here and back";
  expect(failures).toContain(`${promises}: pc-2.1 sets nic.wide to true (it was false)`);
  expect(failures).toContainEqual(expect.stringMatching(`^${promises}: field-added-unguarded at nic/low: .*old to new: error`));
});

test("a release that is not there", async () => {
  rmSync(`${project.root}/released/pc-2.1.json`);
  await expect(failing(["pc-2.1"])).rejects.toThrow("vmstate dump --machine pc-2.1");
});

test("a state that does not survive", async () => {
  const state = {
    queues: 4,
    control: 1,
    mac: [1, 2, 3, 4, 5, 6],
    high: 7,
    speed: 1,
    rx: { length: 0, entries: [] },
    checksums: 1,
    traced: true,
  };
  const failures = await failing(["pc-2.2"], { nic: [state] });
  expect(failures).toEqual([
    "nic: states survive a round trip: example 1: it does not survive a save and a load: traced is true there and false here",
  ]);
  expect(await failing(["pc-2.2"], { nic: [{ ...state, traced: false }] })).toEqual([]);
  expect(await failing(["pc-2.2"], { nic: [{ ...state, traced: false, control: 250 }] })).toContainEqual(
    expect.stringContaining("example 1: it cannot be saved: invalid at nic.control"),
  );
});

test("a value for what did not come that would have been sent", async () => {
  project.edit("machines/devices.ts", "fields: { traced: bool }", "fields: { traced: bool }, absent: { traced: true }");
  project.edit("machines/devices.ts", "m.trace && s.control > 100", "m.trace && s.traced");
  project.compile();
  project.release();
  expect(await failing(["pc-2.2"])).toContainEqual(
    expect.stringMatching(/it does not survive: saved again behind a load, .*bytes are due/),
  );
});
