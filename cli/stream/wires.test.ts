import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ROOT, runCli } from "../run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "vmstate-wires-"));
const fixture = (name: string): string => join(ROOT, "fixtures/streams", `${name}.gz`);

test("info shows a multifd channel, which it knows by its magic", () => {
  const { status, out, err } = runCli("vmstate", ["stream", "info", fixture("5.2-pc-i440fx-2.12-multifd-zlib.channel-0")]);
  expect({ status, err }).toEqual({ status: 0, err: "" });
  expect(out).toBe(
    `connection    multifd channel 0
packets       10, of which 7 synchronise
pages         38 packed by zlib, and 0 zero pages
bytes         14942 = 1438 RAM + 0 devices + 0 opaque + 13504 container

RAM block  length  zero  pages  xbzrle  compressed  sent again  bytes
pc.ram          ?     0      0       0          37          18   1391
pc.bios         ?     0      0       0           1           0     47
`,
  );
});

test("info shows a return path", () => {
  const path = fixture("10.0-pc-i440fx-10.0-postcopy.return-path");
  const { status, out } = runCli("vmstate", ["stream", "info", "--as", "return-path", path]);
  expect(status).toBe(0);
  expect(out).toBe(
    `connection    return-path
messages      4 pong, req-pages-id, shut
requested     4096 bytes of memory
outcome       success
bytes         63 = 0 RAM + 0 devices + 0 opaque + 63 container
`,
  );
  const json = JSON.parse(runCli("vmstate", ["stream", "info", "--json", "--as", "return-path", path]).out);
  expect(json).toMatchObject({ connection: "return-path", returnPath: { messages: { pong: 4, shut: 1 }, requested: 4096, error: 0 } });
});

test.each([
  [["--as", "preempt"], "7.2-pc-i440fx-2.12-postcopy-preempt.preempt", 0],
  [["--as", "recovery"], "10.0-pc-i440fx-10.0-postcopy-recovery.recovery", 0],
  [[], "10.0-pc-i440fx-2.12-multifd.channel-1", 0],
  [["--offset", "4K"], "10.0-pc-i440fx-10.0-mapped-ram-offset.mig", 4096],
] as [string[], string, number][])("%j: decoded and encoded it is the same, and verify finds nothing", (options, name, offset) => {
  const bytes = gunzipSync(readFileSync(fixture(name)));
  const [plain, json, ram, again] = ["plain", "json", "ram", "again"].map((file) => join(folder, file)) as [string, string, string, string];
  // A plain file is read otherwise than what is unpacked on the way.
  writeFileSync(plain, bytes);
  for (const path of [plain, fixture(name)]) {
    const { status, out, err } = runCli("vmstate", ["stream", "decode", ...options, "--ram", ram, path]);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    writeFileSync(json, out);
    expect(runCli("vmstate", ["stream", "encode", "--ram", ram, "-o", again, json])).toMatchObject({ status: 0, err: "" });
    expect(Buffer.compare(readFileSync(again), bytes.subarray(offset))).toBe(0);
    expect(runCli("vmstate", ["stream", "verify", ...options, path])).toMatchObject({ status: 0, out: "0 problems, 0 notes\n" });
  }
});

test("verify unpacks what zlib packed, and says where it cannot look", () => {
  const path = join(folder, "damaged");
  const bytes = gunzipSync(readFileSync(fixture("5.2-pc-i440fx-2.12-multifd-zlib.channel-0")));
  // Within the packed bytes of the packet at 1408, whose head has 1344.
  bytes.fill(0xff, 2800, 2810);
  writeFileSync(path, bytes);
  const damaged = runCli("vmstate", ["stream", "verify", path]);
  expect(damaged.out).toMatch(/: offset 2752 \(0xac0\), multifd: Packed pages cannot be unpacked \(.*\)\.\n1 problem, 0 notes\n$/);
  expect(damaged.status).toBe(1);
  const zstd = runCli("vmstate", ["stream", "verify", fixture("10.0-pc-i440fx-10.0-multifd-zstd.channel-0")]);
  expect(zstd.out).toMatch(/^note: .*Pages are packed by zstd, which is not unpacked here\.\n0 problems, 1 note\n$/);
  expect(zstd.status).toBe(0);
});

test.each([
  [["--as", "main"], "vmstate stream info: --as takes return-path, preempt or recovery, not 'main'.\n"],
  [["--offset", "-1"], "argument"],
  [["--offset=1T"], "vmstate stream info: --offset takes a number of bytes such as 67108864 or 64M, not '1T'.\n"],
])("%j is refused", (options, message) => {
  const { status, err } = runCli("vmstate", ["stream", "info", ...options, fixture("10.0-pc-i440fx-2.12-multifd.channel-1")]);
  expect(status).toBe(2);
  expect(err).toContain(message);
});
