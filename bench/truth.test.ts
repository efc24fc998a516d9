import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROWS = "fixtures/truth/rows.jsonl.gz";

function truth(...args: readonly string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/truth.cjs", ...args], { encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

test.each([[[]], [["--scoped"]]])("0 of 502 good VMs are flagged and 6 of 6 bad ones caught, each for its true reason %j", (options) => {
  const { status, out } = truth("fixtures/dumps", ROWS, ...options);
  expect(out).toContain("vmstate: 0 of 502 good VMs flagged, 6 of 6 bad VMs caught\n");
  expect(out.match(/7\.2 -> 5\.2 {2}\S+ {2}refused: section-version-too-new pciespscsi\n/g)).toHaveLength(2);
  expect(out.match(/7\.2 -> 10\.0 {2}\S+ {2}refused: field-added-unguarded \S*esp\/drq_state\n/g)).toHaveLength(2);
  expect(out.match(/10\.0 -> 7\.2 {2}\S+ {2}corrupted: field-removed \S*esp\/drq_state\n/g)).toHaveLength(2);
  expect(status).toBe(0);
});

test("what is described alike is compatible, and from 7.2 to 10.0 nearly every VM can be decided", () => {
  const { out } = truth("fixtures/dumps", ROWS);
  expect(out).toContain("8770 of 8770 pairs of (good VM, type) with one and the same layout are compatible");
  const [, decided = "0", clear = "1"] = /7\.2 -> 10\.0: every shared section compatible in (\d+) of (\d+)/.exec(out) ?? [];
  expect(Number(decided) / Number(clear)).toBeGreaterThanOrEqual(0.95);
  expect(out).toContain("0 `depends` findings without a condition");
});

test("a row without a dump is exit status 2, never left out", () => {
  const rows = join(mkdtempSync(join(tmpdir(), "vmstate-truth-")), "rows.jsonl");
  writeFileSync(rows, '{"src": "5.2", "dst": "9.9", "machine": "pc-i440fx-2.2", "device": "x", "types": [], "outcome": "ok"}\n');
  expect(truth("fixtures/dumps", rows)).toMatchObject({ status: 2, err: expect.stringContaining("There is no dump of 9.9") });
  writeFileSync(rows, '{"src": "5.2"}\n');
  expect(truth("fixtures/dumps", rows)).toMatchObject({ status: 2, err: expect.stringContaining(":1: A row needs") });
});

test("a peer that is not there is said to be absent, and does not pass", () => {
  const { status, out } = truth("fixtures/dumps", ROWS, "--peer", "/nonexistent/checker.py");
  expect(out).toContain("peer absent");
  expect(status).toBe(2);
});
