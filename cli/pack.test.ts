import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyExampleProject } from "./example-project.ts";
import { NEW, OLD, ROOT } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "vmstate-pack-"));
const installed = join(folder, "installed");

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}
let packed: Packed;

interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

beforeAll(() => {
  packed = pack();
  install(packed.filename);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, args: readonly string[], cwd: string): string {
  // Under `npm test` the variables of that npm would tell the one started here which project it is in.
  const keep = ["npm_config_cache", "npm_config_registry", "npm_config_userconfig"];
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => keep.includes(name) || !/^(npm_|INIT_CWD|VITEST|NODE_)/.test(name)),
  );
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, env, encoding: "utf8", maxBuffer: 1 << 28 });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stdout.slice(-2000)}${stderr.slice(-2000)}`);
  return stdout;
}

/** Of a copy: packing builds, and other tests run the commands of this checkout's dist/ at this very moment. */
function pack(): Packed {
  const copy = join(folder, "copy");
  const left = ["node_modules", "dist", ".git", "coverage", ".prove"].map((name) => join(ROOT, name));
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !left.some((each) => path === each || path.startsWith(each + sep)) });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const [result] = JSON.parse(run("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", folder], copy)) as [Packed];
  return result;
}

/** With the versions of this checkout's lockfile, so that npm's cache has all of it after `npm ci` and no network is needed. */
function install(tarball: string): void {
  mkdirSync(installed);
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as Lock;
  const own = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<string, unknown>;
  const { version, dependencies, bin, engines } = own;
  const project = { name: "user", version: "1.0.0", private: true, dependencies: { vmstate: `file:../${tarball}` } };
  const others = Object.entries(lock.packages).filter(([name, { dev }]) => name !== "" && dev !== true);
  const packages = {
    "": project,
    "node_modules/vmstate": { version, resolved: `file:../${tarball}`, dependencies, bin, engines },
    ...Object.fromEntries(others),
  };
  writeFileSync(join(installed, "package.json"), JSON.stringify(project));
  writeFileSync(join(installed, "package-lock.json"), JSON.stringify({ ...project, lockfileVersion: lock.lockfileVersion, packages }));
  run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], installed);
}

test("the package holds the commands, the library, its types and the texts, and no more", () => {
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(["README.md", "FORMAT.md", "LICENSE", "package.json", "dist/index.js", "dist/types/compiler/check/index.d.ts"]),
  );
  // What the code looks for by name: a thread, and the machine types.
  expect(paths).toEqual(expect.arrayContaining(["dist/hash-thread.cjs", "dist/machines.json"]));
  const allowed =
    /^(README\.md|FORMAT\.md|LICENSE|package\.json|dist\/(index|schema|testing|codec\/v1)\.js|dist\/(vmstate|vmstate-check|main|stream|engine|hash-thread|check(-[a-z-]+)?)\.cjs|dist\/(check|stream)\.cjs\.cache|dist\/machines\.json|dist\/pc-i440fx-2\.2\.mig\.gz|dist\/types\/(compiler\/(check|describe|schema|testing)|runtime\/codec)\/.*\.d\.ts)$/;
  expect(paths.filter((path) => !allowed.test(path) || /\.test\.|\/model\//.test(path))).toEqual([]);
  for (const name of ["vmstate", "vmstate-check"]) {
    expect((packed.files.find(({ path }) => path === `dist/${name}.cjs`)?.mode ?? 0) & 0o111, name).toBe(0o111);
  }
  expect(packed.size).toBeLessThan(1_750_000);
});

test("the installed commands run", () => {
  expect(run("npx", ["--no-install", "vmstate-check", OLD, NEW, "--fail-on", "never"], installed)).toMatch(/^incompatible\n/);
  expect(run("npx", ["--no-install", "vmstate", "rules"], installed)).toContain("\n  field-added-unguarded ");
  expect(run("npx", ["--no-install", "vmstate", "explain", "field-renamed"], installed)).toContain("field-renamed");
  writeFileSync(join(installed, "policy.yaml"), "schema: vmstate-support/1\nwindows: []\n");
  writeFileSync(join(installed, "vm.xml"), readFileSync(join(ROOT, "fixtures/vm/domain-i440fx.xml")));
  writeFileSync(join(installed, "check.yaml"), "vm: vm.xml\nfailOn: never\n");
  expect(run("npx", ["--no-install", "vmstate", "matrix", OLD, "--policy", "policy.yaml"], installed)).toContain("7.2");
  expect(run("npx", ["--no-install", "vmstate-check", "--config", "check.yaml", OLD, NEW], installed)).toContain("types from libvirt");
  expect(run("npx", ["--no-install", "vmstate-check", "--raw", OLD, NEW], installed)).toContain("@ AC97\n");
  expect(run("npx", ["--no-install", "vmstate", "migrate", "--to", "file:vm.mig", "--ram", "8M"], installed)).toMatch(
    /^saved: .*, 29 devices\n$/,
  );
});

test("the installed library runs", () => {
  const program = `import { compare, InputError, parse, parseFile, readScope, render } from "vmstate";
    const [old, new_] = process.argv.slice(2);
    const report = compare(parseFile(old), parseFile(new_), { scope: await readScope("<domain><os><type>hvm</type></os></domain>", "vm.xml") });
    try { parse(new TextEncoder().encode("{"), "half.json"); } catch (error) { console.log(error instanceof InputError, error.message); }
    console.log(render(report, "jsonl").split("\\n")[0].slice(0, 41));`;
  writeFileSync(join(installed, "use.mjs"), program);
  const [refusal, head] = run(process.execPath, ["use.mjs", OLD, NEW], installed).split("\n");
  expect(refusal).toMatch(/^true half\.json:1:2: .*\.$/);
  expect(head).toBe('{"type":"head","schema":"vmstate-check/1"');
});

/** Without skipLibCheck and without Node's types: the declarations stand on their own. */
function typeCheck(program: string): string {
  writeFileSync(join(installed, "use.ts"), program);
  const options = {
    strict: true,
    noEmit: true,
    target: "es2022",
    lib: ["es2022"],
    module: "nodenext",
    types: [],
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
  };
  writeFileSync(join(installed, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["use.ts"] }));
  return spawnSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", "."], { cwd: installed, encoding: "utf8" })
    .stdout;
}

test("the types of the package resolve and tell right from wrong", () => {
  const right = `import { compare, type Finding, type Format, parseFile, render, type Report, type Scope } from "vmstate";
    const scope: Scope = { source: "list", types: ["e1000"], complete: true, unknown: [] };
    const report: Report = compare(parseFile("old.json"), parseFile("new.json"), { scope });
    const errors: readonly Finding[] = report.findings.filter(({ levels }) => levels.forward === "error");
    const format: Format = errors.length > 0 ? "markdown" : "text";
    export const text: string = render(report, format, { direction: "both" });\n`;
  expect(typeCheck(right)).toBe("");
  expect(typeCheck(right.replace('"markdown"', '"pdf"'))).toContain("TS2322");
  expect(typeCheck(right.replace("levels.forward", "levels.upward"))).toContain("TS2339");
});

test("the types of what tests machine types stand on their own", () => {
  const right = `import { describeMachines, type MatrixOptions } from "vmstate/testing";
    const options: MatrixOptions = { gen: "src/gen", states: 4, examples: { timer: [{ reload: 1 }] } };
    describeMachines(["board-1.0"], options);\n`;
  expect(typeCheck(right)).toBe("");
  expect(typeCheck(right.replace('src/gen"', 'src/gen", generated: 1'))).toContain("TS2353");
});

test("a project that compiles its devices in its build type-checks, runs, finds its generated files fresh and its machine types sound", () => {
  // Where npm would put it, beside the package that asks for it.
  symlinkSync(join(ROOT, "node_modules/vitest"), join(installed, "node_modules/vitest"));
  const project = copyExampleProject(join(installed, "node_modules/vmstate"));
  try {
    expect(run("npm", ["test", "--loglevel=error"], project)).toMatch(/Tests .*14 passed/);
  } finally {
    rmSync(project, { recursive: true });
  }
}, 60_000);
