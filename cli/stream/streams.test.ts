import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT, runCli } from "../run-cli.ts";

// Two streams of one guest, and what the commands say of them, in processes of their own.
const FIXTURES = join(ROOT, "fixtures/streams");
const A = join(FIXTURES, "10.0-pc-i440fx-2.12-stopped.mig.gz");
const XBZRLE = join(FIXTURES, "5.2-pc-i440fx-2.12-xbzrle.mig.gz");
let folder = "";
const at = (name: string): string => join(folder, name);
const run = (...args: readonly string[]) => runCli("vmstate", ["stream", ...args]);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vmstate-streams-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a field that rewrite sets is what diff finds", () => {
  const set = ["--set", "cpu/env.eip=0x1234", "--set", "i8259:1/irr=7"];
  expect(run("rewrite", "-o", at("b.mig"), ...set, A)).toEqual({ status: 0, out: "", err: "" });
  const { status, out, err } = run("diff", A, at("b.mig"));
  expect(err).toBe("");
  expect(out).toMatch(/^cpu\/env\.eip: uint64 0xfff0 -> 0x1234, at \d+\ni8259:1\/irr: uint8 \d+ -> 7, at \d+\n2 differences\n$/);
  expect(status).toBe(1);
  const json = run("diff", "--format", "json", "--section", "cpu", A, at("b.mig"));
  expect(JSON.parse(json.out)).toMatchObject({
    ...{ schema: "vmstate-stream-diff/1", same: false, ram: [], problems: [] },
    differences: [{ difference: "field", section: "cpu", path: "env.eip", b: { bytes: 8, value: "0x1234" } }],
  });
});

test("a stream is the same as itself, from a file, gzip or a pipe", () => {
  const plain = gunzipSync(readFileSync(XBZRLE));
  writeFileSync(at("plain.mig"), plain);
  expect(run("rewrite", "-o", at("same.mig"), XBZRLE).status).toBe(0);
  expect(readFileSync(at("same.mig")).equals(plain)).toBe(true);
  expect(run("diff", XBZRLE, at("plain.mig"))).toMatchObject({ status: 0, out: "no difference\n" });
  expect(runCli("vmstate", ["stream", "diff", "-", at("plain.mig")], { input: plain })).toMatchObject({
    status: 0,
    out: "no difference\n",
  });
});

test("a mapped file keeps its holes", () => {
  const file = join(FIXTURES, "10.0-pc-i440fx-2.12-mapped-ram.mig.gz");
  expect(run("rewrite", "-o", at("mapped.mig"), file).status).toBe(0);
  const { size, blocks } = statSync(at("mapped.mig"));
  expect(readFileSync(at("mapped.mig")).equals(gunzipSync(readFileSync(file)))).toBe(true);
  expect(512 * blocks).toBeLessThan(size / 4);
});

test("a stream that begins behind something else is taken out of its file, with offsets that fit", () => {
  const file = join(FIXTURES, "10.0-pc-i440fx-10.0-mapped-ram-offset.mig.gz");
  writeFileSync(at("behind.mig"), gunzipSync(readFileSync(file)));
  expect(run("rewrite", "--offset", "4096", "-o", at("front.mig"), at("behind.mig")).status).toBe(0);
  expect(run("extract", "--offset", "4096", "-o", at("behind"), at("behind.mig")).status).toBe(0);
  expect(run("extract", "-o", at("front"), at("front.mig"))).toEqual({ status: 0, out: "", err: "" });
  for (const name of readdirSync(at("front")))
    expect(readFileSync(at(`front/${name}`)).equals(readFileSync(at(`behind/${name}`)))).toBe(true);
});

test("extract puts RAM into files that its index names, and leaves no temporary ones", () => {
  expect(run("extract", "-o", at("ram"), XBZRLE)).toEqual({ status: 0, out: "", err: "" });
  const { schema, blocks } = JSON.parse(readFileSync(at("ram/index.json"), "utf8"));
  expect(schema).toBe("vmstate-stream-ram/1");
  expect(blocks[0]).toEqual({ name: "pc.ram", length: 2 << 20, file: "pc.ram.raw", pageSize: 4096, sent: 512 });
  expect(readdirSync(at("ram")).sort()).toEqual(["index.json", ...blocks.map(({ file }: { file: string }) => file)].sort());
  expect(run("rewrite", "--ram", "final", "-o", at("final.mig"), XBZRLE).status).toBe(0);
  expect(run("extract", "-o", at("again"), at("final.mig")).status).toBe(0);
  const hash = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");
  expect(hash(at("again/pc.ram.raw"))).toBe(hash(at("ram/pc.ram.raw")));
  expect(run("extract", "-o", at("ram"), XBZRLE)).toMatchObject({ status: 2, err: expect.stringContaining("is not empty") });
});

test.each([
  [["diff", A], 2, /Two streams are compared/],
  [["diff", "-", "-"], 2, /only one of the two/],
  [["diff", "--section", "gpu", A, A], 2, /Neither stream has a section 'gpu'/],
  [["diff", A, "/nonexistent.mig"], 3, /No such file/],
  [["rewrite", A], 2, /-o OUT is missing/],
  [["rewrite", "-o", "x", "--set", "cpu", A], 2, /SECTION\/FIELD=VALUE/],
  [["rewrite", "-o", "x", "--ram", "all", A], 2, /--ram takes plain or final/],
  [["rewrite", "-o", "x", "--drop-description", "--add-description", A], 2, /exclude each other/],
  [["rewrite", "-o", "x", "--set", "cpu/env.eip=ten", A], 1, /ten is no value of 'env.eip'/],
  [["rewrite", "-o", "x", "--drop-section", "gpu:3", A], 1, /no section 'gpu:3'/],
  [["rewrite", "-o", "/nonexistent/x", A], 2, /cannot be written/],
  [["extract", A], 2, /-o DIR is missing/],
] as const)("%j ends with status %i", (args, status, message) => {
  const { status: ended, out, err } = runCli("vmstate", ["stream", ...args], { cwd: folder });
  expect([ended, out]).toEqual([status, ""]);
  expect(err).toMatch(message);
  expect(existsSync(at("x")) || existsSync(at("x.part"))).toBe(false);
});

test("of a stream that ends too early nothing is written, and what was read is compared", () => {
  writeFileSync(at("cut.mig"), gunzipSync(readFileSync(XBZRLE)).subarray(0, 150_000));
  expect(run("rewrite", "-o", at("cut-again.mig"), at("cut.mig"))).toMatchObject({
    status: 3,
    err: expect.stringContaining("offset 150000"),
  });
  expect(existsSync(at("cut-again.mig"))).toBe(false);
  expect(run("diff", XBZRLE, at("cut.mig"))).toMatchObject({ status: 3, out: expect.stringContaining("only in A") });
});
