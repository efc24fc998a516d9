import { expect, test } from "vitest";
import { buildMatrix } from "./build-matrix.ts";
import { type JudgeOptions, judgeMatrix } from "./judge-matrix.ts";
import type { MatrixInput } from "./matrix.ts";
import type { SupportWindow } from "./support-policy.ts";
import { dump, HISTORY } from "./synthetic-dump.ts";

const today = "2026-07-01";
const inputs = Object.entries(HISTORY).flatMap(([build, devices]) =>
  ["pc-1", "pc-2"]
    // 2.0 dropped pc-1.
    .filter((machine) => !(build === "2.0" && machine === "pc-1"))
    .map((machine): MatrixInput => ({ build, machine, metadata: dump(machine, devices) })),
);
const matrix = buildMatrix(inputs);

function judged(window: Partial<SupportWindow>, options: Partial<JudgeOptions> = {}) {
  const full: SupportWindow = { from: ["*"], to: ["*"], machines: ["*"], direction: "forward", ...window };
  const gate = judgeMatrix(matrix, { today, policy: { path: "policy.json", windows: [full] }, ...options });
  return {
    cells: gate.counted.map(({ cell, machines, failed }) => `${cell.from}>${cell.to} ${machines.join("+")}${failed ? " fails" : ""}`),
    missing: gate.missing.map(({ message }) => message),
    failed: gate.failed,
    expired: gate.windows[0]?.expired,
  };
}

test("without a policy every upgrade counts, and nothing is missing", () => {
  const gate = judgeMatrix(matrix, { today });
  expect(gate.counted.map(({ cell }) => `${cell.from}>${cell.to}`)).toEqual([
    "1.0>1.1",
    "1.0>1.2",
    "1.0>2.0",
    "1.1>1.2",
    "1.1>2.0",
    "1.2>2.0",
  ]);
  expect(gate.counted.filter(({ failed }) => failed).map(({ cell }) => `${cell.from}>${cell.to}`)).toEqual([
    "1.0>1.2",
    "1.0>2.0",
    "1.1>2.0",
    "1.2>2.0",
  ]);
  expect([gate.failed, gate.missing]).toEqual([true, []]);
  expect(judgeMatrix(matrix, { today, direction: "both" }).counted).toHaveLength(12);
  expect(judgeMatrix(matrix, { today, direction: "backward" }).counted.every(({ cell }) => cell.direction === "backward")).toBe(true);
});

test("a window counts its cells only, and its direction only", () => {
  expect(judged({ from: ["1.0"], to: ["1.1"] })).toEqual({ cells: ["1.0>1.1 pc-1+pc-2"], missing: [], failed: false, expired: false });
  expect(judged({ from: ["1.0"], to: ["1.2"], machines: ["pc-2"] })).toMatchObject({ cells: ["1.0>1.2 pc-2 fails"], failed: true });
  expect(judged({ from: ["1.0"], to: ["1.1"], direction: "both" })).toMatchObject({
    cells: ["1.0>1.1 pc-1+pc-2", "1.1>1.0 pc-1+pc-2 fails"],
    failed: true,
  });
  expect(judged({ from: ["1.1"], to: ["1.2"], machines: ["pc-?"] }).cells).toEqual(["1.1>1.2 pc-1+pc-2"]);
});

test("a window counts until its last day, and then no more", () => {
  const window = { from: ["1.0"], to: ["1.2"] };
  expect(judged({ ...window, until: "2026-07-01" })).toMatchObject({ failed: true, expired: false });
  expect(judged({ ...window, until: "2026-06-30" })).toEqual({ cells: [], missing: [], failed: false, expired: true });
  expect(judged({ from: ["nothing"], to: ["1.2"], until: "2026-06-30" }).missing).toEqual([]);
});

test("what no file is of is missing, and fails", () => {
  expect(judged({ from: ["0.9", "1.0"], to: ["1.1"] })).toMatchObject({ missing: ["No metadata of a build '0.9'."], failed: true });
  expect(judged({ from: ["1.0"], to: ["3.*"] })).toMatchObject({ missing: ["No metadata of a build '3.*'."], failed: true });
  expect(judged({ from: ["1.0"], to: ["1.1"], machines: ["virt"] })).toMatchObject({
    cells: [],
    missing: ["No metadata with a machine type 'virt'."],
    failed: true,
  });
  expect(judged({ from: ["2.0"], to: ["1.1"], machines: ["pc-1"] }).missing).toEqual([
    "No metadata of a build '2.0' with a machine type 'pc-1'.",
  ]);
  expect(judged({ from: ["1.0"], to: ["1.0"] }).missing).toEqual(["The window holds no two different builds."]);
});

test("a destination must have a file of each machine type that the source has", () => {
  expect(judged({ from: ["1.2"], to: ["2.0"] }, { failOn: "never" })).toEqual({
    cells: ["1.2>2.0 pc-2"],
    missing: ["No metadata of build '2.0' with machine type 'pc-1', which '1.2' has; dump it with -machine pc-1."],
    failed: false,
    expired: false,
  });
});

test("the level decides what fails", () => {
  const conditional: MatrixInput = {
    build: "3.0",
    machine: "pc-1",
    metadata: dump("pc-1", { ...HISTORY["1.0"], extra: { versions: [1, 1], fields: { x: 0 } } }),
  };
  const small = buildMatrix([...inputs.slice(0, 1), conditional]);
  const failed = (failOn: JudgeOptions["failOn"] & string) => judgeMatrix(small, { today, failOn }).failed;
  expect(small.groups[0]?.cells[1]).toMatchObject({ verdict: "unknown", findings: { error: 0, warning: 1 } });
  expect([failed("never"), failed("error"), failed("warning"), failed("info"), failed("undecided")]).toEqual([
    false,
    false,
    true,
    true,
    true,
  ]);
});
