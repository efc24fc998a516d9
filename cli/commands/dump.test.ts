import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyExampleProject } from "../example-project.ts";
import { type Run, runCli } from "../run-cli.ts";

let project: string;

beforeEach(() => {
  project = copyExampleProject();
});
afterEach(() => rmSync(project, { recursive: true }));

const vmstate = (...args: readonly string[]): Run => runCli("vmstate", args, { cwd: project });

function dumpTo(name: string, ...args: readonly string[]): void {
  const { status, out, err } = vmstate("dump", ...args);
  expect({ status, err }).toEqual({ status: 0, err: "" });
  writeFileSync(join(project, name), out);
}

function edit(from: string, to: string): void {
  const path = join(project, "devices/watchdog.ts");
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

/** What QEMU would dump of the same layout: nothing of what only descriptors know. */
function plain(name: string): void {
  const path = join(project, name);
  const own = ["at", "kind", "needed", "exists", "decided", "count", "absent", "validate", "formerly", "schema", "properties", "devices"];
  const text = JSON.stringify(JSON.parse(readFileSync(path, "utf8"), (key, value) => (own.includes(key) ? undefined : value)));
  writeFileSync(path, text);
}

function dropSubsections(from: string, to: string): void {
  const sections = JSON.parse(readFileSync(join(project, from), "utf8")) as Record<string, { Description?: { Subsections?: unknown } }>;
  for (const { Description } of Object.values(sections)) delete Description?.Subsections;
  writeFileSync(join(project, to), JSON.stringify(sections));
}

test("an edit that breaks older streams is found, with the line of the descriptor", () => {
  dumpTo("old.json", "--machine", "board-1.1");
  edit("registers: array(uint32, 4),", "registers: array(uint32, 4),\n    extra: uint32,");
  dumpTo("new.json", "--machine", "board-1.1");
  const line =
    readFileSync(join(project, "devices/watchdog.ts"), "utf8")
      .split("\n")
      .findIndex((text) => text.includes("extra: uint32")) + 1;
  const { status, out } = vmstate("check", "old.json", "new.json", "--format", "json");
  expect(status).toBe(1);
  const report = JSON.parse(out) as { findings: { rule: string; path: string; new: { at?: string } }[] };
  expect(report.findings.filter(({ rule }) => rule === "field-added-unguarded")).toMatchObject([
    { path: "watchdog/extra", new: { at: `devices/watchdog.ts:${line}` } },
  ]);
  expect(vmstate("check", "old.json", "new.json").out).toContain(`devices/watchdog.ts:${line}`);
});

test("a machine type's pinned properties decide conditions of plain dumps", () => {
  dumpTo("old.json");
  plain("old.json");
  dropSubsections("old.json", "new.json");
  expect(vmstate("check", "old.json", "new.json").out).toMatch(/^no break found; 1 of 1 sections? cannot be decided/);
  const old = vmstate("check", "old.json", "new.json", "--machine", "board-1.0");
  expect(old.err).toBe("note: board-1.0 decides 1 condition of the old build and 0 of the new one.\n");
  expect(old.out).toMatch(/^compatible\n/);
  // board-1.1 leaves it to the state.
  expect(vmstate("check", "old.json", "new.json", "--machine", "board").out).toMatch(/^no break found/);
  dumpTo("board-1.0.json", "--machine", "board-1.0");
  expect(vmstate("check", "old.json", "new.json", "--machine", "board-1.0.json").out).toMatch(/^compatible\n/);
});

test("a subsection that a machine type always sends is a break where the other build lacks it", () => {
  edit("m.has_latch && (s.control & ENABLED) !== 0", "m.has_latch");
  dumpTo("old.json", "--machine", "board-1.1");
  plain("old.json");
  dropSubsections("old.json", "new.json");
  writeFileSync(
    join(project, "devices/boards.ts"),
    readFileSync(join(project, "devices/boards.ts"), "utf8").replace(
      'aliases: ["board"],',
      'aliases: ["board"], properties: { watchdog: { has_latch: true } },',
    ),
  );
  const { status, out } = vmstate("check", "old.json", "new.json", "--machine", "board-1.1");
  expect(status).toBe(1);
  expect(out).toMatch(/^incompatible\n/);
  expect(out).toContain("machine type always sends");
});

test("a machine type that is not there is a usage error with the nearest one", () => {
  const { status, err } = vmstate("dump", "--machine", "board-1.2");
  expect(status).toBe(2);
  expect(err).toMatch(/There is no machine type 'board-1\.2'; did you mean 'board-1\.[01]'\?/);
});
