import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ROOT, runCli } from "../run-cli.ts";

const ZIPPED = join(ROOT, "fixtures/streams/10.0-pc-i440fx-2.12-uuid.mig.gz");
const stream = gunzipSync(readFileSync(ZIPPED));
const folder = mkdtempSync(join(tmpdir(), "vmstate-verify-"));

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function damaged(): Buffer {
  const bytes = Buffer.from(stream);
  // The mark of the footer of the section "timer", whose body has 24 bytes.
  bytes[bytes.indexOf("timer") + 5 + 8 + 24] = 0x7f;
  return bytes;
}

test.each([
  ["a file", file("good.mig", stream)],
  ["a gzip file", ZIPPED],
])("nothing is wrong with a stream of QEMU's, from %s", (_, path) => {
  expect(runCli("vmstate", ["stream", "verify", path])).toEqual({ status: 0, out: "0 problems, 0 notes\n", err: "" });
});

test("nor from a pipe", () => {
  const { status, stdout } = spawnSync(process.execPath, ["dist/vmstate.cjs", "stream", "verify", "-"], {
    input: stream,
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "0 problems, 0 notes\n" });
});

test("what is wrong is a line with offset and section each, and exit status 1", () => {
  const path = file("damaged.mig", damaged());
  const at = stream.indexOf("timer") + 37;
  const { status, out } = runCli("vmstate", ["stream", "verify", path]);
  expect(out).toBe(
    `${path}: offset ${at} (0x${at.toString(16)}), timer: Behind the section "timer" no footer stands.\n1 problem, 0 notes\n`,
  );
  expect(status).toBe(1);
  const zipped = file("damaged.mig.gz", gzipSync(damaged()));
  expect(runCli("vmstate", ["stream", "verify", zipped]).out).toBe(out.replace(path, zipped));
});

test("the same as JSON", () => {
  const path = file("damaged.mig", damaged());
  const { status, out } = runCli("vmstate", ["stream", "verify", "--format", "json", path]);
  expect(JSON.parse(out)).toEqual({
    schema: "vmstate-stream-verify/1",
    machine: null,
    count: { error: 1, note: 0 },
    problems: [
      {
        level: "error",
        code: "missing-footer",
        at: stream.indexOf("timer") + 37,
        path: "timer",
        message: 'Behind the section "timer" no footer stands.',
      },
    ],
  });
  expect(status).toBe(1);
});

test("a stream that is cut is exit status 1, no stream at all 3", () => {
  const cut = runCli("vmstate", ["stream", "verify", file("cut.mig", stream.subarray(0, 20_000))]);
  expect(cut).toMatchObject({
    status: 1,
    out: expect.stringMatching(/^\S+: offset 20000 \(0x4e20\), \S+: The stream ends here, within .*\.\n1 problem/),
  });
  for (const path of [file("text", Buffer.from("hello")), join(folder, "missing"), folder]) {
    const { status, out, err } = runCli("vmstate", ["stream", "verify", path]);
    expect({ status, out, lines: err.trimEnd().split("\n").length }).toEqual({ status: 3, out: "", lines: 1 });
  }
  expect(runCli("vmstate", ["stream", "verify", "--format", "xml", ZIPPED]).status).toBe(2);
  expect(runCli("vmstate", ["stream", "verify", "--help"])).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^usage: vmstate stream verify/),
  });
});
