import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyExampleProject } from "../example-project.ts";
import { type Run, runCli } from "../run-cli.ts";

let project: string;

beforeEach(() => {
  project = copyExampleProject();
});
afterEach(() => rmSync(project, { recursive: true }));

const compile = (...args: readonly string[]): Run => runCli("vmstate", ["compile", ...args], { cwd: project });
const path = (name: string): string => join(project, name);

function edit(name: string, from: string, to: string): void {
  const text = readFileSync(path(name), "utf8");
  expect(text).toContain(from);
  writeFileSync(path(name), text.replace(from, to));
}

test("a compile writes what is missing, and a second one finds nothing to do", () => {
  const first = compile();
  expect(first.status).toBe(0);
  expect(first.err).toMatch(/^2 vmsds, 2 machine types: (\d+) of \1 files written\.\n$/);
  const stamp = statSync(path("src/gen/codecs/watchdog.ts")).mtimeMs;
  expect(compile()).toMatchObject({ status: 0, out: "", err: "src/gen is up to date.\n" });
  expect(statSync(path("src/gen/codecs/watchdog.ts")).mtimeMs).toBe(stamp);
});

test("a codec for a machine type holds no trace of what its properties switch off", () => {
  compile();
  const general = readFileSync(path("src/gen/codecs/watchdog.ts"), "utf8");
  const old = readFileSync(path("src/gen/codecs/watchdog_has_latch_false.ts"), "utf8");
  expect(general).toContain("watchdog/latch");
  expect(general).toContain("has_latch");
  expect(old).not.toContain("watchdog/latch");
  expect(old).not.toMatch(/\bm\.has_latch|has_latch:/);
  expect(readdirSync(path("src/gen/board-1.1"))).not.toContain("watchdog_has_latch_false.ts");
});

test("--check tells what is stale, missing and left over, and writes nothing", () => {
  expect(compile("--check")).toMatchObject({ status: 1, err: expect.stringContaining("src/gen/codecs/watchdog.ts is missing\n") });
  expect(existsSync(path("src/gen"))).toBe(false);
  compile();
  expect(compile("--check")).toEqual({ status: 0, out: "", err: "" });
  appendFileSync(path("src/gen/codecs/history.ts"), "// by hand\n");
  edit("devices/boards.ts", "board-1.0", "board-0.9");
  const { status, err } = compile("--check");
  expect(status).toBe(1);
  expect(err).toContain("src/gen/codecs/history.ts is stale\n");
  expect(err).toContain("src/gen/board-0.9/machine.ts is missing\n");
  expect(err).toContain("src/gen/board-1.0/machine.ts is no longer generated\n");
});

test("what is no longer generated is removed; what was never generated stays", () => {
  compile();
  writeFileSync(path("src/gen/own.ts"), "export const own = 1;\n");
  edit("devices/boards.ts", "board-1.0", "board-0.9");
  expect(compile().err).toMatch(/ 2 removed\.\n$/);
  expect(existsSync(path("src/gen/board-1.0/machine.ts"))).toBe(false);
  expect(existsSync(path("src/gen/own.ts"))).toBe(true);
});

test("a refused descriptor is told with its line, and leaves everything as it was", () => {
  compile();
  const before = readFileSync(path("src/gen/codecs/watchdog.ts"), "utf8");
  edit("devices/watchdog.ts", "since(2, bool)", "since(3, bool)");
  const { status, out, err } = compile();
  expect({ status, out }).toEqual({ status: 1, out: "" });
  expect(err).toMatch(/^devices\/watchdog\.ts:\d+:\d+: .*latched.*\nOne thing is refused; nothing is written\.\n$/);
  expect(readFileSync(path("src/gen/codecs/watchdog.ts"), "utf8")).toBe(before);
});

test("two compiles of the same descriptors give the same bytes, wherever they lie", () => {
  compile();
  const other = copyExampleProject();
  runCli("vmstate", ["compile"], { cwd: other });
  for (const name of readdirSync(path("src/gen"), { recursive: true, encoding: "utf8" })) {
    if (statSync(path(join("src/gen", name))).isDirectory()) continue;
    const text = readFileSync(path(join("src/gen", name)), "utf8");
    expect(readFileSync(join(other, "src/gen", name), "utf8"), name).toBe(text);
    expect(text, name).not.toContain(project);
  }
  rmSync(other, { recursive: true });
});

test("a runtime beside the output is found from every folder below it", () => {
  compile("--runtime", "../../../runtime/v1.ts");
  const from = (name: string): string => /from "([^"]*runtime[^"]*)"/.exec(readFileSync(path(`src/gen/${name}`), "utf8"))?.[1] ?? "";
  expect(from("codecs/watchdog.ts")).toBe("../../../../runtime/v1.ts");
  expect(from("board-1.0/machine.ts")).toBe("../../../../runtime/v1.ts");
});

test.each([
  [["--check", "--watch"], "--check and --watch exclude each other."],
  [["nowhere"], "There is no file or folder 'nowhere'."],
  [["--config", "nowhere.json"], "There is no file 'nowhere.json'."],
  [["--out"], "Option '-o, --out <value>' argument missing."],
])("vmstate compile %s is a usage error", (args, sentence) => {
  const { status, err } = compile(...args);
  expect(status).toBe(2);
  expect(err).toContain(sentence);
});

test.each([
  ["{", "is not JSON"],
  ["[]", "must hold an object"],
  ['{ "descriptor": [] }', "has the key 'descriptor'; the keys are descriptors, out, runtime."],
  ['{ "descriptors": "devices" }', "'descriptors' is a list of files and folders."],
])("the configuration %s is a usage error", (text, sentence) => {
  writeFileSync(path("vmstate.compile.json"), text);
  const { status, err } = compile();
  expect(status).toBe(2);
  expect(err).toContain(sentence);
});
