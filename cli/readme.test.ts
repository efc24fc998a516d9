import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { buildSync } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { readSupportPolicy } from "../compiler/check/matrix/index.ts";
import { readConfig } from "../compiler/check/policy/config.ts";
import { PROFILES } from "../compiler/check/policy/profiles.ts";
import { FORMATS } from "../compiler/check/render/format.ts";
import configSchema from "../compiler/check/schemas/config.schema.json" with { type: "json" };
import { COMMANDS } from "./commands.ts";
import { NEW, OLD, ROOT } from "./run-cli.ts";

/*
 * The README's blocks, in its order and in one folder. A block ```console has commands (`$ `) with what they print, on both channels;
 * a line `…` stands for any number of lines, and a last line `[1]` is an exit status other than 0. A block whose first comment
 * is a path is that file; later commands find it. Blocks ```sh without a path are for the reader alone.
 */
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const PACKAGE = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly scripts: Readonly<Record<string, string>> };

const folder = mkdtempSync(join(tmpdir(), "vmstate-readme-"));
afterAll(() => rmSync(folder, { recursive: true }));
const bin = join(folder, "bin");
const work = join(folder, "work");
mkdirSync(work);
symlinkSync(join(ROOT, "fixtures"), join(work, "fixtures"));
for (const name of ["vmstate", "vmstate-check"])
  script(join(bin, name), `exec '${process.execPath}' '${join(ROOT, "dist", `${name}.cjs`)}' "$@"`);
script(join(bin, "vitest"), `NO_COLOR=1 exec '${process.execPath}' '${join(ROOT, "node_modules/vitest/vitest.mjs")}' "$@"`);

interface Block {
  readonly line: number;
  readonly language: string;
  readonly lines: readonly string[];
}

interface Example {
  readonly command: string;
  readonly output: readonly string[];
  readonly status: number;
}

const blocks = blocksOf(README);
const consoles = blocks.filter(({ language }) => language === "console").flatMap(examplesOf);

function blocksOf(text: string): Block[] {
  const found: Block[] = [];
  let open: { line: number; language: string; indent: string; lines: string[] } | undefined;
  for (const [at, line] of text.split("\n").entries()) {
    const fence = /^( *)```(\S*)/.exec(line);
    if (open === undefined && fence !== null) open = { line: at + 1, language: fence[2] ?? "", indent: fence[1] ?? "", lines: [] };
    else if (open === undefined) continue;
    else if (fence === null) open.lines.push(line.slice(open.indent.length));
    else {
      found.push(open);
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`README.md:${open.line}: This block does not end.`);
  return found;
}

function examplesOf({ line, lines }: Block): Example[] {
  if (lines[0]?.startsWith("$ ") !== true) throw new Error(`README.md:${line}: A console block begins with a command.`);
  const starts = lines.flatMap((each, at) => (each.startsWith("$ ") ? [at] : []));
  return starts.map((start, index) => {
    const output = lines.slice(start + 1, starts[index + 1]);
    const status = /^\[(\d+)\]$/.exec(output.at(-1) ?? "")?.[1];
    return {
      command: (lines[start] ?? "").slice(2),
      output: status === undefined ? output : output.slice(0, -1),
      status: Number(status ?? 0),
    };
  });
}

function fileOf({ lines }: Block): string | undefined {
  const first = lines[0]?.startsWith("#!") === true ? lines[1] : lines[0];
  return /^(?:#|\/\/) ([\w./-]*[./][\w./-]*)$/.exec(first ?? "")?.[1];
}

function script(path: string, text: string): void {
  write(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function shell(command: string, cwd: string, env: Readonly<Record<string, string>> = {}): { status: number | null; output: string } {
  const PATH = [bin, dirname(process.execPath), process.env.PATH].join(":");
  const { status, stdout } = spawnSync("/bin/sh", ["-c", `exec 2>&1\n${command}`], {
    cwd,
    env: { PATH, ...env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, output: stdout };
}

/** The expected text where it matches, so that a failure shows the two as they are. */
function expectOutput(actual: string, expected: readonly string[]): void {
  const pattern = expected.map((line) => (line === "…" ? "(?:.*\\n)*?" : `${line.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}\\n`)).join("");
  if (!new RegExp(`^${pattern}$`).test(actual)) expect(actual).toBe(`${expected.join("\n")}\n`);
}

test.each(blocks.map((block) => [`${block.line}`, block] as const))("README.md:%s", async (_, block) => {
  if (block.language === "console")
    for (const example of examplesOf(block)) (example.command.startsWith("npm ") ? expectScript : runExample)(example);
  const file = fileOf(block);
  if (file === undefined) return;
  const text = `${block.lines.join("\n")}\n`;
  write(join(work, file), text);
  await checkFile(file, text);
});

function runExample({ command, output, status }: Example): void {
  const run = shell(command, work);
  expectOutput(run.output, output);
  expect({ command, status: run.status }).toEqual({ command, status });
}

/** What npm would run is not run again inside of its own tests; of `npm start` the commands are, without the build before them. */
function expectScript({ command, output }: Example): void {
  if (command === "npm ci && npm test") {
    expect(PACKAGE.scripts).toMatchObject({ pretest: "npm run -s build", test: "vitest run" });
    expect(output).toEqual(["…"]);
    return;
  }
  expect(command).toBe("npm ci && npm start");
  const own = /^npm run -s build && (node dist\/vmstate\.cjs check .+)$/.exec(PACKAGE.scripts.start ?? "")?.[1];
  const run = shell(own ?? "false", ROOT);
  // npm first prints what it is about to run.
  expectOutput(`> ${own}\n${run.output}`, output);
  expect(run.status).toBe(0);
}

async function checkFile(file: string, text: string): Promise<void> {
  if (/vmstate-check\.config\.\w+$/.test(file)) return void expect(await readConfig(text, file)).toBeDefined();
  if (file === "support.yaml") return void expect((await readSupportPolicy(text, file)).windows).not.toEqual([]);
  if (file === ".github/workflows/vmstate.yml") return runPipeline(stepsOf(parse(text)), "vmstate.sarif");
  if (file === ".gitlab-ci.yml")
    return runPipeline((parse(text) as { vmstate: { script: string[] } }).vmstate.script, "gl-code-quality.json");
  if (file === "debian/tests/control") return void expect(text).toMatch(/^Tests: vmstate$/m);
  if (file === "debian/tests/vmstate") return runAutopkgtest(text);
  if (file.endsWith(".ts")) return checkProgram(file);
  throw new Error(`Nothing checks ${file}.`);
}

function stepsOf(workflow: unknown): string[] {
  const { jobs } = workflow as { jobs: Record<string, { steps: { run?: string }[] }> };
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
}

/** A tree in which the steps of a pipeline find a QEMU that writes the new dump, and an npm that installs what was built here. */
function prepareTree(): string {
  const tree = mkdtempSync(join(folder, "tree-"));
  cpSync(OLD, join(tree, "released.json.gz"));
  const dump = join(tree, "dump");
  writeFileSync(dump, gunzipSync(readFileSync(NEW)));
  const qemu = `[ "$1 $2 $3" = "-machine none -dump-vmstate" ] && cp '${dump}' "$4"`;
  script(join(tree, "build/qemu-system-x86_64"), qemu);
  script(join(tree, "stubs/qemu-system-x86_64"), qemu);
  script(join(tree, "stubs/npm"), `[ "$2" = --prefix ] || exit 0\nmkdir -p "$3/node_modules/.bin" && cp '${bin}'/* "$3/node_modules/.bin"`);
  for (const name of ["configure", "stubs/make"]) script(join(tree, name), "true");
  return tree;
}

/** All steps pass but the last, which is the gate and must close on this pair. */
function runPipeline(steps: readonly string[], artifact: string): void {
  const tree = prepareTree();
  const runs = steps.map((step) => ({ step, ...shell(`PATH="$PWD/stubs:$PATH"; set -e; ${step}`, tree) }));
  expect(runs.map(({ step, status, output }) => ({ step, status, output: status === 0 ? "" : output.slice(0, 300) }))).toEqual(
    steps.map((step, at) => ({ step, ...(at < steps.length - 1 ? { status: 0, output: "" } : { status: 1, output: expect.any(String) }) })),
  );
  expect(() => JSON.parse(readFileSync(join(tree, artifact), "utf8"))).not.toThrow();
}

/** Passes with a baseline that accepts what there is, and fails with an empty one. */
function runAutopkgtest(text: string): void {
  const tree = prepareTree();
  const at = join(tree, "debian/tests");
  script(join(at, "vmstate"), text);
  cpSync(OLD, join(at, "released.json.gz"));
  const accepted = join(at, "accepted.json");
  const run = (): number | null =>
    shell('PATH="$PWD/stubs:$PATH" ./debian/tests/vmstate', tree, { AUTOPKGTEST_TMP: join(tree, "tmp") }).status;
  mkdirSync(join(tree, "tmp"));
  expect(shell(`vmstate-check '${OLD}' '${NEW}' --update-baseline '${accepted}' --fail-on never`, tree).status).toBe(0);
  expect(run()).toBe(0);
  writeFileSync(accepted, JSON.stringify({ schema: "vmstate-baseline/1", entries: [] }));
  expect(run()).toBe(1);
}

/** Types are checked against the sources, as the build does not write declarations; the program then runs with what was built. */
function checkProgram(file: string): void {
  const compilerOptions = {
    ...{
      strict: true,
      noEmit: true,
      target: "es2023",
      lib: ["es2023"],
      module: "nodenext",
      skipLibCheck: true,
      allowImportingTsExtensions: true,
    },
    ...{ resolveJsonModule: true, types: ["node"], typeRoots: [join(ROOT, "node_modules/@types")] },
    paths: {
      "vmstate/testing": [join(ROOT, "compiler/testing/index.ts")],
      vmstate: [join(ROOT, "compiler/check/index.ts")],
      "vmstate/schema": [join(ROOT, "compiler/schema/index.ts")],
      "vmstate/codec/v1": [join(ROOT, "runtime/codec/v1.ts")],
    },
  };
  write(join(work, "package.json"), '{ "type": "module" }\n');
  write(join(work, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
  const { output } = shell(`'${process.execPath}' '${join(ROOT, "node_modules/typescript/bin/tsc")}' -p .`, work);
  expect(output).toBe("");
  mkdirSync(join(work, "node_modules"), { recursive: true });
  if (!existsSync(join(work, "node_modules/vmstate"))) symlinkSync(ROOT, join(work, "node_modules/vmstate"));
  // What it imports of the reader's own is bundled, as Node 20 does not run TypeScript.
  const outfile = join(work, file.replace(/\.ts$/, ".js"));
  buildSync({ entryPoints: [join(work, file)], outfile, bundle: true, packages: "external", format: "esm", platform: "node" });
}

test("every command, format, profile and configuration key is on the page", () => {
  for (const { name } of COMMANDS) {
    expect(
      consoles.some(({ command }) => new RegExp(`\\bvmstate[- ]${name}\\b`).test(command)),
      name,
    ).toBe(true);
  }
  const words = [
    ...FORMATS,
    ...PROFILES.map(({ name }) => name),
    ...Object.keys(configSchema.properties).filter((key) => key !== "$schema"),
  ];
  for (const word of words) expect(README, word).toMatch(new RegExp(`(?:\`|^|\\s)${word}\\b`, "m"));
});

test("every path of the repository and every npm script that the page names exists", () => {
  const prose = README.replace(/^ *```[\s\S]*?^ *```/gm, "").replace(/<!-- macros -->[\s\S]*<!-- \/macros -->/, "");
  const paths = [...prose.matchAll(/`((?:compiler|cli|bench|fixtures|\.ci)\/[\w./-]*|[A-Z]+(?:\.md)?)`/g)].map(([, path]) => path ?? "");
  const files = paths.filter((path) => !/^(OLD|NEW|RULE|FILE)$/.test(path));
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  const scripts = [...README.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? "");
  expect(scripts.filter((name) => PACKAGE.scripts[name] === undefined)).toEqual([]);
});

test("the package is called on the page as npm pack calls it", () => {
  const { name, version } = PACKAGE as unknown as { name: string; version: string };
  const named = [...README.matchAll(/[\w./-]*\.tgz/g)].map(([path]) => basename(path));
  expect(new Set(named)).toEqual(new Set([`${name}-${version}.tgz`]));
});
