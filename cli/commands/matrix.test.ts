import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { dumpText, HISTORY } from "../../compiler/check/matrix/synthetic-dump.ts";
import { EXIT, type Io } from "../command.ts";
import { command } from "./matrix.ts";

const folder = mkdtempSync(join(tmpdir(), "vmstate-matrix-"));
afterAll(() => rmSync(folder, { recursive: true }));

const dumps = join(folder, "dumps");
mkdirSync(dumps);
for (const [build, devices] of Object.entries(HISTORY)) {
  writeFileSync(join(dumps, `qemu-${build}-pc-1.json.gz`), gzipSync(dumpText("pc-1", devices)));
}
writeFileSync(join(dumps, "notes.txt"), "not metadata");

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function run(...args: string[]) {
  const said = { out: "", err: "" };
  const io: Io = {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    isTerminal: false,
    columns: 80,
    env: {},
  };
  const status = await command.run(args, io);
  return { status, ...said };
}

const policy = (window: object): string =>
  file("policy.json", JSON.stringify({ schema: "vmstate-support/1", windows: [{ machines: ["pc-*"], ...window }] }));

test("a directory is read, and what is ignored in it is named on standard error only", async () => {
  const { status, out, err } = await run(dumps);
  expect(status).toBe(EXIT.findings);
  expect(out).toMatch(/^incompatible: 4 of 6 counted cells\n/);
  expect(err).toBe(`${dumps}: ignored notes.txt\n`);
});

test("the real dumps: three contents in four files", async () => {
  const { status, out } = await run("fixtures/dumps", "--format", "json");
  const document = JSON.parse(out) as { schema: string; schemas: unknown[]; files: unknown[]; builds: string[] };
  expect([document.schema, document.schemas.length, document.files.length]).toEqual(["vmstate-matrix/1", 3, 4]);
  expect(document.builds).toEqual(["5.2", "7.2", "10.0"]);
  expect(status).toBe(EXIT.findings);
});

test("the policy decides what counts, and the day whether it still does", async () => {
  expect((await run(dumps, "--policy", policy({ from: ["1.0"], to: ["1.1"] }))).status).toBe(EXIT.ok);
  const broken = policy({ from: ["1.0"], to: ["1.2"], until: "2027-06-30" });
  expect((await run(dumps, "--policy", broken, "--today", "2027-06-30")).status).toBe(EXIT.findings);
  const after = await run(dumps, "--policy", broken, "--today", "2027-07-01");
  expect(after.status).toBe(EXIT.ok);
  expect(after.out).toContain("expired on 2027-06-30");
  const missing = await run(dumps, "--policy", policy({ from: ["1.0"], to: ["9.9"] }));
  expect(missing.status).toBe(EXIT.findings);
  expect(missing.out).toContain("missing: No metadata of a build '9.9'.");
});

test("a policy that lies among the dumps is not taken for one", async () => {
  const inside = join(dumps, "support.json");
  copyFileSync(policy({ from: ["1.0"], to: ["1.1"] }), inside);
  expect((await run(dumps, "--policy", inside)).status).toBe(EXIT.ok);
  rmSync(inside);
});

test("--name gives a file its build, and adds the file", async () => {
  const [old, new_] = [file("a.json", dumpText("pc", HISTORY["1.0"] ?? {})), file("b.json", dumpText("pc", HISTORY["1.1"] ?? {}))];
  const { status, out } = await run(old, "--name", `9.0=${old}`, "--name", `10.0=${new_}`, "--json");
  expect(status).toBe(EXIT.ok);
  expect((JSON.parse(out) as { builds: string[] }).builds).toEqual(["9.0", "10.0"]);
});

test("--fail-on, --order and --format markdown", async () => {
  expect((await run(dumps, "--fail-on", "never")).status).toBe(EXIT.ok);
  const given = await run(join(dumps, "qemu-2.0-pc-1.json.gz"), join(dumps, "qemu-1.0-pc-1.json.gz"), "--order", "given", "--json");
  expect((JSON.parse(given.out) as { builds: string[] }).builds).toEqual(["2.0", "1.0"]);
  expect((await run(dumps, "--format", "markdown")).out).toMatch(/^\*\*incompatible/);
});

test.each([
  [["--nonsense", dumps], "USAGE"],
  [[], "USAGE"],
  [[dumps, "--format", "xml"], "USAGE"],
  [[dumps, "--fail-on", "maybe"], "USAGE"],
  [[dumps, "--today", "2026-02-30"], "USAGE"],
  [[dumps, "--name", "x"], "USAGE"],
  [[dumps, "--max-input", "lots"], "USAGE"],
  [[dumps, "--policy", file("bad.json", '{"schema": "vmstate-support/1", "window": []}')], "CONFIG"],
  [[dumps, "--policy", policy({ from: ["1.0"], to: ["1.1"] }), "--direction", "both"], "USAGE"],
  [[join(folder, "none.json")], "UNREADABLE"],
  [[dumps, "--policy", join(folder, "none.json")], "UNREADABLE"],
  [[file("cut.json", '{"vmschkmachine": ')], "JSON_TRUNCATED"],
  [[dumps, "--max-input", "100"], "TOO_LARGE"],
  [
    [join(dumps, "qemu-1.0-pc-1.json.gz"), join(dumps, "qemu-1.1-pc-1.json.gz"), "--name", `1.1=${join(dumps, "qemu-1.0-pc-1.json.gz")}`],
    "USAGE",
  ],
])("%j is refused with code %s and a sentence", async (args, code) => {
  const error: unknown = await run(...args).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code });
  expect((error as Error).message).toMatch(/^[^\n]+[.?]$/);
});

test("an empty directory is an unreadable input, not an empty matrix", async () => {
  const empty = join(folder, "empty");
  mkdirSync(empty);
  await expect(run(empty)).rejects.toMatchObject({ code: "EMPTY" });
});

test("the help has an example", () => {
  expect(command.help).toMatch(/^usage: vmstate matrix/);
  expect(command.help).toContain("vmstate matrix dumps/ --policy support.yaml");
});
