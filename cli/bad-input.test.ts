import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { NEW, OLD, runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "vmstate-bad-"));
const dump = gunzipSync(readFileSync(OLD));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const stream = Buffer.concat([Buffer.from("QEVM\0\0\0\x03", "latin1"), Buffer.alloc(5000), Buffer.from([0])]);
const twice = dump.toString("latin1").replace('"version_id"', '"version_id": 1, "version_id"');

test.each([
  ["empty", "", /The file is empty\./],
  ["blank", " \n\t\n", /The file is empty\./],
  ["truncated", dump.subarray(0, 100_000), /:\d+:\d+: (The JSON ends where|A string is not closed)/],
  ["not-json", "hello, world\n", /:1:1: Expected a value, found "h"\./],
  ["not-text", Buffer.from([0x80, 0xff, 0xfe, 0x00]), /not UTF-8 text/],
  ["wrong-shape", '{"e1000": {"version_id": "2"}}', /:1:\d+: This is not state metadata: \/e1000/],
  ["array", "[]", /:1:1: This is not state metadata: The file must be object\./],
  [
    "no-size",
    '{"x": {"Name": "x", "version_id": 1, "minimum_version_id": 1, "Description": {"name": "x", "version_id": 1, "minimum_version_id": 1, "Fields": [{"field": "a", "version_id": 0, "field_exists": false}]}}}',
    /\/x\/Description\/Fields\/0 must have required property 'size'/,
  ],
  ["duplicate-keys", twice, /:\d+:\d+: Key "version_id" appears twice/],
  ["deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, /Nesting is deeper than 200 levels\./],
  ["deep-open", '{"a":'.repeat(100_000), /Nesting is deeper than 200 levels\.|The JSON ends/],
  ["stream-without-description", stream, /The stream carries no description/],
  ["damaged-gzip", gzipSync(dump).subarray(0, 5000), /cannot be decompressed/],
])("%s input ends as one sentence and exit status 3", (name, content, sentence) => {
  const path = file(`${name}.json`, content);
  for (const args of [
    [path, NEW],
    [OLD, path],
  ]) {
    const { status, out, err } = runCli("vmstate-check", args);
    expect(err).toMatch(sentence);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect(err).toContain(path);
    expect(err).not.toMatch(/\n\s+at /);
    expect({ status, out }).toEqual({ status: 3, out: "" });
  }
});

test("a duplicate key is reported where the second one stands", () => {
  const path = file("second.json", '{\n  "a": 1,\n  "b": 2,\n  "a": 3\n}\n');
  expect(runCli("vmstate-check", [path, NEW]).err).toBe(`${path}:4:3: Key "a" appears twice; it first stood on line 2.\n`);
});

test("a directory, a missing file and a file without permission are input errors", () => {
  const secret = file("secret.json", dump);
  chmodSync(secret, 0);
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "directory"), { recursive: true });
  expect(runCli("vmstate-check", [join(folder, "directory"), NEW])).toMatchObject({
    status: 3,
    err: expect.stringContaining("This is a directory, not a file."),
  });
  expect(runCli("vmstate-check", [join(folder, "missing"), NEW])).toMatchObject({
    status: 3,
    err: expect.stringContaining("No such file."),
  });
  // Root may read everything, so the command becomes nobody right before it opens the file; node and the bundle are read by then.
  const drop = file(
    "drop.cjs",
    `const fs = require("node:fs"); const open = fs.openSync;
     fs.openSync = (path, ...rest) => { if (path === ${JSON.stringify(secret)} && process.getuid() === 0) process.seteuid(65534); return open(path, ...rest); };`,
  );
  expect(runCli("vmstate-check", [secret, NEW], { env: { NODE_OPTIONS: `--require ${drop}` } })).toMatchObject({
    status: 3,
    out: "",
    err: `${secret}: No permission to read the file.\n`,
  });
});

test("a file above --max-input is refused, before and after decompression", () => {
  const plain = file("plain.json", dump);
  for (const path of [plain, OLD]) {
    const { status, err } = runCli("vmstate-check", [path, NEW, "--max-input", "100K"]);
    expect(err).toContain("The file is larger than the limit of 102400 bytes");
    expect(status).toBe(3);
  }
  expect(runCli("vmstate-check", [plain, plain, "--max-input", "1M"]).status).toBe(0);
});

test.each([
  [[], "Two files are wanted"],
  [[OLD], "Two files are wanted"],
  [[OLD, NEW, NEW], "Two files are wanted"],
  [["-", "-"], "Standard input can be read once only."],
  [[OLD, NEW, "--frobnicate"], "Unknown option '--frobnicate'"],
  [[OLD, NEW, "--format", "pdf"], "--format takes text, json,"],
  [[OLD, NEW, "--fail-on", "maybe"], "--fail-on takes error,"],
  [[OLD, NEW, "--max-input", "lots"], "--max-input takes a number of bytes"],
  [[OLD, NEW, "--profile", "nobody"], "There is no profile 'nobody'"],
])("usage %j is exit status 2", (args, sentence) => {
  const { status, out, err } = runCli("vmstate-check", args);
  expect(err).toContain(sentence);
  expect({ status, out }).toEqual({ status: 2, out: "" });
});

const MIB = 1024 * 1024;
const field = '{"field":"a","version_id":0,"field_exists":false,"size":4}';
const large = (fields: number): string =>
  `{"x":{"Name":"x","version_id":1,"minimum_version_id":1,"Description":{"name":"x","version_id":1,"minimum_version_id":1,"Fields":[${`${field},`.repeat(fields)}${field}]}}}`;

test.each([
  ["dense arrays", `{"a":[${"[],".repeat(10 * MIB)}[]]}`],
  ["dense numbers", `{"a":[${"1,".repeat(15 * MIB)}1]}`],
  ["one long string", `{"a":"${"x".repeat(40 * MIB)}"}`],
  ["a long list of fields", large(600_000)],
  ["an unclosed string", `{"a":"${"\\n".repeat(20 * MIB)}`],
])("memory stays below 150 MB and four times the input: %s", (name, text) => {
  const path = file("large.json", text);
  // What the operating system counts for a process goes back beyond its start, to what the one that began it had.
  const probe = file(
    "probe.cjs",
    `const { readFileSync, writeSync } = require("node:fs");
    const peak = () => {
      try {
        return /VmHWM:\\s*(\\d+)/.exec(readFileSync("/proc/self/status", "latin1"))[1];
      } catch {
        return process.resourceUsage().maxRSS;
      }
    };
    process.on("exit", () => writeSync(2, "peak " + peak() + "\\n"));`,
  );
  const { status, err } = runCli("vmstate-check", [path, path], { env: { NODE_OPTIONS: `--require ${probe}` } });
  const peak = Number(/peak (\d+)/.exec(err)?.[1]) * 1024;
  expect(peak, name).toBeLessThan(150 * MIB + 4 * 2 * text.length);
  expect([0, 3]).toContain(status);
  expect(err.replace(/peak \d+\n/, "")).not.toMatch(/\n\s+at /);
});
