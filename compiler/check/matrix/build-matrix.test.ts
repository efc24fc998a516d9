import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { readMetadataFile } from "../../describe/index.ts";
import { compare } from "../compare.ts";
import schema from "../schemas/matrix.schema.json" with { type: "json" };
import { buildMatrix, SameBuildError } from "./build-matrix.ts";
import { judgeMatrix } from "./judge-matrix.ts";
import type { MatrixInput } from "./matrix.ts";
import { renderMatrixJson } from "./render-matrix-json.ts";
import { dump, HISTORY } from "./synthetic-dump.ts";

const REAL = ["5.2/pc-i440fx-2.2", "7.2/pc-i440fx-2.2", "7.2/pc-i440fx-2.12", "10.0/pc-i440fx-2.12"].map((each): MatrixInput => {
  const [build = "", machine = ""] = each.split("/");
  return { build, machine, metadata: readMetadataFile(`fixtures/dumps/qemu-${build}-${machine}.json.gz`) };
});

const HISTORY_INPUTS = Object.entries(HISTORY).map(
  ([build, devices]): MatrixInput => ({ build, machine: "pc", metadata: dump("pc", devices) }),
);

test("twenty files of two contents are two schemas and one pair", () => {
  const inputs = Array.from({ length: 20 }, (_, at): MatrixInput => {
    const [build, machine] = [at < 10 ? "f25" : "f26", `pc-q35-2.${at % 10}`];
    return { build, machine, metadata: dump(machine, HISTORY[at < 10 ? "1.0" : "1.1"] ?? {}, `${build}-${machine}.json`) };
  });
  const matrix = buildMatrix(inputs);
  expect(matrix.files).toHaveLength(20);
  expect(matrix.schemas.map(({ files, builds }) => [files, builds])).toEqual([
    [10, ["f25"]],
    [10, ["f26"]],
  ]);
  expect(matrix.groups).toHaveLength(1);
  expect(matrix.groups[0]?.machines).toHaveLength(10);
  expect(matrix.groups[0]?.cells.map(({ from, to, verdict }) => `${from}>${to} ${verdict}`)).toEqual([
    "f25>f25 compatible",
    "f25>f26 compatible",
    "f26>f25 incompatible",
    "f26>f26 compatible",
  ]);
});

test("a cell says what check says of its two files, and the other direction is the swapped check", () => {
  const [group, ...others] = buildMatrix(REAL).groups;
  expect(others).toEqual([]);
  for (const cell of group?.cells ?? []) {
    const [from, to] = [cell.from, cell.to].map((build) => REAL.find((input) => input.build === build)?.metadata);
    if (from === undefined || to === undefined) throw new Error("no such build");
    const [forward, swapped] = [compare(from, to), compare(to, from)];
    expect(cell.verdict).toBe(forward.verdict.forward);
    expect(cell.verdict).toBe(swapped.verdict.backward);
    for (const level of ["error", "warning", "info"] as const) {
      const counted = (findings: typeof forward.findings, direction: "forward" | "backward"): number =>
        findings.filter(({ levels, rule }) => levels[direction] === level && rule !== "machine-name-differs").length;
      expect([cell.from, cell.to, level, cell.findings[level]]).toEqual([cell.from, cell.to, level, counted(forward.findings, "forward")]);
      expect(cell.findings[level]).toBe(counted(swapped.findings, "backward"));
    }
  }
  expect(new Set(group?.cells.map(({ verdict }) => verdict))).toContain("incompatible");
});

test("a section that is the same on both sides and opaque keeps its cell undecided", () => {
  const blob = { versions: [1, 1], fields: { data: 0 }, opaque: true } as const;
  const [old, new_] = ["1.0", "1.1"].map((build) => dump("pc", { ...HISTORY[build], blob }));
  if (old === undefined || new_ === undefined) throw new Error("no dumps");
  const [group] = buildMatrix([old, new_].map((metadata, at) => ({ build: `${at}`, machine: "pc", metadata }))).groups;
  expect(compare(old, new_).verdict.forward).toBe("unknown");
  expect(group?.cells.map(({ verdict }) => verdict)).toEqual(["unknown", "unknown", "incompatible", "unknown"]);
});

test("the order of the inputs changes nothing", () => {
  const [there, back] = [buildMatrix(REAL), buildMatrix([...REAL].reverse())];
  expect(back.groups).toEqual(there.groups);
  expect(back.builds).toEqual(["5.2", "7.2", "10.0"]);
  expect(buildMatrix([...REAL].reverse(), { order: "given" }).builds).toEqual(["10.0", "7.2", "5.2"]);
});

test("a build stands for machine types that it has no file of, and the cell says so", () => {
  const [group] = buildMatrix(REAL).groups;
  expect(group?.rows.map(({ build, assumed }) => [build, assumed])).toEqual([
    ["5.2", ["pc-i440fx-2.12"]],
    ["7.2", []],
    ["10.0", ["pc-i440fx-2.2"]],
  ]);
  const cell = group?.cells.find(({ from, to }) => from === "7.2" && to === "10.0");
  expect([cell?.machines, cell?.assumed]).toEqual([["pc-i440fx-2.12"], ["pc-i440fx-2.2"]]);
});

test("metadata that depends on the machine type stands for its own only, in a group of its own", () => {
  const own = (machine: string, build: string): MatrixInput => ({
    build,
    machine,
    metadata: { ...dump(machine, HISTORY[machine === "pc-a" ? "1.0" : "1.1"] ?? {}), origin: "metadata" },
  });
  const { groups } = buildMatrix([own("pc-a", "1"), own("pc-b", "1"), own("pc-b", "2")]);
  expect(groups.map(({ machines, rows }) => [machines, rows.map(({ build }) => build)])).toEqual([
    [["pc-a"], ["1"]],
    [["pc-b"], ["1", "2"]],
  ]);
});

test("each error is told with the build that broke it", () => {
  const [group] = buildMatrix(HISTORY_INPUTS).groups;
  const forward = group?.history.filter(({ direction }) => direction === "forward");
  expect(forward?.map(({ rule, path, since, cells }) => [rule, path, since, cells])).toEqual([
    ["section-version-too-old", "timer", { before: "1.0", build: "1.2", adjacent: false }, 2],
    ["field-added-unguarded", "timer/c", { before: "1.2", build: "2.0", adjacent: true }, 3],
  ]);
  expect(forward?.[1]?.steps).toEqual([{ before: "1.2", build: "2.0" }]);
  const backward = group?.history.filter(({ direction }) => direction === "backward").map(({ since }) => since.build);
  expect(backward).toContain("1.1");
});

test("windows say how far back state still loads, hops how to get round", () => {
  const [group] = buildMatrix(HISTORY_INPUTS.slice(0, 3)).groups;
  expect(group?.windows.map(({ to, oldest, refused, except }) => [to, oldest, refused, except])).toEqual([
    ["1.0", "1.0", [], []],
    ["1.1", "1.0", [], []],
    ["1.2", "1.1", ["1.0"], []],
  ]);
  expect(group?.hops).toEqual([{ from: "1.0", to: "1.2", via: ["1.1"], verdict: "compatible" }]);
});

test("a build between that is refused is an exception of the window, and no hop leads over it", () => {
  const odd = { timer: { versions: [3, 3], fields: { a: 0 } } } as const;
  const inputs = [HISTORY["1.0"], odd, HISTORY["1.0"]].map(
    (devices, at): MatrixInput => ({ build: `${at}`, machine: "pc", metadata: dump("pc", devices ?? {}) }),
  );
  const [group] = buildMatrix(inputs).groups;
  expect(group?.windows[2]).toMatchObject({ to: "2", oldest: "0", except: ["1"], refused: [] });
  expect(group?.hops).toEqual([]);
});

test("two files of one build and machine type may be equal but not differ", () => {
  const [first, second] = HISTORY_INPUTS as [MatrixInput, MatrixInput];
  expect(buildMatrix([first, { ...first }]).schemas).toHaveLength(1);
  expect(() => buildMatrix([first, { ...second, build: first.build }])).toThrow(SameBuildError);
});

test("the JSON form is what the published schema says", () => {
  const validate = new Ajv({ strictTypes: false, allowUnionTypes: true }).compile(schema);
  for (const inputs of [REAL, HISTORY_INPUTS, HISTORY_INPUTS.slice(0, 1), []]) {
    const matrix = buildMatrix(inputs);
    const policy = { path: "p", windows: [{ from: ["1.*"], to: ["2.0"], machines: ["*"], direction: "both" as const }] };
    for (const options of [{ today: "2026-01-01" }, { today: "2026-01-01", policy }]) {
      const document: unknown = JSON.parse(renderMatrixJson(matrix, judgeMatrix(matrix, options), options));
      expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    }
  }
});
