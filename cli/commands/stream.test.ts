import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT, runCli } from "../run-cli.ts";

const STREAM = join(ROOT, "fixtures/streams/10.0-pc-i440fx-2.12-stopped.mig.gz");
const BARE = join(ROOT, "fixtures/streams/5.2-pc-i440fx-2.0-running.mig.gz");
const plain = (path: string): Buffer => gunzipSync(readFileSync(path));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vmstate-stream-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const stream = (args: readonly string[], input?: Buffer) =>
  runCli("vmstate", ["stream", ...args], { cwd: folder, ...(input === undefined ? {} : { input }) });

describe("decode and encode", () => {
  test.each([STREAM, BARE])("%s comes out as it went in, the input gone", (path) => {
    const copy = join(folder, "copy.mig");
    writeFileSync(copy, plain(path));
    const decoded = stream(["decode", "copy.mig"]);
    expect(decoded).toMatchObject({ status: 0, err: "" });
    rmSync(copy);
    writeFileSync(join(folder, "document.json"), decoded.out);
    expect(stream(["encode", "document.json", "-o", "out.mig"])).toEqual({ status: 0, out: "", err: "" });
    expect(readFileSync(join(folder, "out.mig")).equals(plain(path))).toBe(true);
  });

  test("the pages may be kept apart, and the document may be written by others", () => {
    const decoded = stream(["decode", "--ram", "ram", STREAM]);
    expect(decoded.status).toBe(0);
    // Keys in another order, and over many lines, as jq -S prints them.
    const sorted = JSON.stringify(
      JSON.parse(decoded.out),
      (_, value) => (isObject(value) ? Object.fromEntries(Object.entries(value).sort()) : value),
      2,
    );
    const encoded = stream(["encode", "--ram", "ram", "-", "-o", "apart.mig"], Buffer.from(sorted));
    expect(encoded).toMatchObject({ status: 0, err: "" });
    expect(readFileSync(join(folder, "apart.mig")).equals(plain(STREAM))).toBe(true);
  });

  test("a pipe gives what a file does", () => {
    expect(stream(["decode", "-"], plain(STREAM)).out).toBe(stream(["decode", STREAM]).out);
  });

  test("a changed value changes its bytes and no others", () => {
    const document = stream(["decode", STREAM]).out.replace(
      '"name":"cmos_index","type":"uint8"',
      '"name":"cmos_index","type":"uint8","changed":1',
    );
    const parsed = JSON.parse(document) as { items: { fields?: { name: string; at: number; changed?: number; value: number }[] }[] };
    const field = parsed.items.flatMap(({ fields }) => fields ?? []).find(({ changed }) => changed === 1);
    if (field === undefined) throw new Error("The stream has no such field.");
    field.value = 0x5a;
    expect(stream(["encode", "-", "-o", "changed.mig"], Buffer.from(JSON.stringify(parsed))).status).toBe(0);
    const expected = plain(STREAM);
    expected[field.at] = 0x5a;
    expect(readFileSync(join(folder, "changed.mig")).equals(expected)).toBe(true);
  });

  test("selectors print sections, or fields alone", () => {
    const sections = JSON.parse(stream(["decode", "--section", "ps2kbd", STREAM]).out) as { name: string }[];
    expect(sections.map(({ name }) => name)).toEqual(["ps2kbd"]);
    const fields = JSON.parse(stream(["decode", "--section", "hpet", "--field", "timer[0].cmp", STREAM]).out) as object[];
    expect(fields).toMatchObject([{ section: "hpet", path: "timer[0].cmp", type: "uint64", bytes: 8 }]);
    expect(stream(["decode", "--section", "nothing", STREAM])).toMatchObject({ status: 1, out: "[]\n" });
  });
});

test.each(["info", "decode", "encode", "verify", "diff", "rewrite", "extract"])("%s explains itself", (action) => {
  expect(stream([action, "--help"])).toMatchObject({ status: 0, err: "" });
  expect(stream([action, "--help"]).out).toMatch(new RegExp(`^usage: vmstate stream ${action} `));
  expect(stream(["--help"]).out).toContain(`\n  ${action} `);
});

describe("info", () => {
  test("says what a stream is made of", () => {
    const { status, out } = stream(["info", STREAM]);
    expect(status).toBe(0);
    expect(out).toMatch(/^machine {7}pc-i440fx-2\.12\ncarries {7}configuration, footers, description\n/);
    const json = JSON.parse(stream(["info", "--format", "json", STREAM]).out) as { bytes: Record<string, number> };
    const { total, container, ram, decoded, opaque } = json.bytes as Record<"total" | "container" | "ram" | "decoded" | "opaque", number>;
    expect(total).toBe(plain(STREAM).length);
    expect(container + ram + decoded + opaque).toBe(total);
    const { sections } = JSON.parse(stream(["info", "--json", STREAM]).out) as { sections: { name: string; mostly?: object }[] };
    expect(sections.find(({ name }) => name === "vmmouse")).toMatchObject({ bytes: 4131, mostly: { field: "queue", bytes: 4096 } });
  });

  test("digests of RAM do not depend on how it was sent", () => {
    const digests = (path: string): string[] =>
      (JSON.parse(stream(["info", "--json", "--digest", path]).out) as { blocks: { digest: string }[] }).blocks.map(({ digest }) => digest);
    const once = join(folder, "once.mig");
    writeFileSync(once, plain(STREAM));
    expect(digests(once)).toEqual(digests(STREAM));
    expect(digests(once).every((digest) => /^[0-9a-f]{32}$/.test(digest))).toBe(true);
  });
});

describe("bad input", () => {
  test.each([
    ["a directory", ["info", "."], 3, /^\.: This is a directory/],
    ["no file", ["decode", "none.mig"], 3, /^none\.mig: No such file\.\n$/],
    ["no stream", ["decode", join(ROOT, "package.json")], 3, /This is no migration stream: it does not begin with QEVM\.\n$/],
    ["no action", [], 2, /An action is missing/],
    ["another action", ["dance"], 2, /There is no action 'dance'/],
    ["no document", ["encode", join(ROOT, "package.json"), "-o", "never.mig"], 3, /"schema" is not "vmstate-stream\/1"/],
    ["a directory for a document", ["encode", ".", "-o", "never.mig"], 3, /^\.: This is a directory, not a file\.\n$/],
    ["no place for pages", ["decode", "--ram", "none/ram", STREAM], 2, /The file 'none\/ram' cannot be written \(ENOENT\)\./],
    ["no output", ["encode", "document.json"], 2, /-o OUT is missing/],
  ])("%s", (_, args, status, sentence) => {
    const run = stream(args);
    expect(run.status).toBe(status);
    expect(run.out).toBe("");
    expect(run.err).toMatch(sentence);
    expect(run.err).not.toContain("    at ");
  });

  test("a stream that ends too early is told with its offset, and nothing of it is lost", () => {
    const cut = plain(STREAM).subarray(0, 50_000);
    const decoded = stream(["decode", "-"], cut);
    expect(decoded.status).toBe(3);
    expect(decoded.err).toMatch(/^<stdin>: offset \d+ \(0x[0-9a-f]+\), .*The stream ends here/m);
    expect(stream(["encode", "-", "-o", "cut.mig"], Buffer.from(decoded.out)).status).toBe(0);
    expect(readFileSync(join(folder, "cut.mig")).equals(cut)).toBe(true);
  });

  test("an output that could not be finished leaves what was there", () => {
    writeFileSync(join(folder, "kept.mig"), "kept");
    const half = `{"schema": "vmstate-stream/1", "items": [{"item": "header", "version": 3}, {"item": "dance"}]}`;
    expect(stream(["encode", "-", "-o", "kept.mig"], Buffer.from(half))).toMatchObject({
      status: 3,
      err: "-: 'items[1].item' is no kind of item.\n",
    });
    expect(readFileSync(join(folder, "kept.mig"), "utf8")).toBe("kept");
  });
});

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
