import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT, type Run, runCli } from "../run-cli.ts";

const LOG = join(ROOT, "fixtures/dirty-log/zipf.log");
const LOOP = join(ROOT, "fixtures/dirty-log/byte-a-page.log");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vmstate-predict-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const vmstate = (...args: readonly string[]): Run => runCli("vmstate", args, { cwd: folder });

test.each(["predict", "dirty-log"])("%s explains itself", (name) => {
  const { status, out, err } = vmstate(name, "--help");
  expect({ status, err }).toEqual({ status: 0, err: "" });
  expect(out).toMatch(new RegExp(`^usage: vmstate ${name} `));
});

describe("predict", () => {
  test("a migration that ends", () => {
    const { status, out } = vmstate("predict", LOG, "--bandwidth", "16MiB", "--json");
    expect(status).toBe(0);
    const told = JSON.parse(out) as { milliseconds: number; confidence: { milliseconds: [number, number] } };
    expect(told).toMatchObject({ schema: "vmstate-prediction/1", ends: true, confidence: { ends: 1 } });
    const [low, high] = told.confidence.milliseconds;
    // 6144 pages and what is written meanwhile, at 16 MiB a second.
    expect(low).toBeGreaterThan(1500);
    expect(low).toBeLessThanOrEqual(told.milliseconds);
    expect(high).toBeGreaterThanOrEqual(told.milliseconds);
    expect(vmstate("predict", LOG, "--bandwidth", "16M", "--json").out).toBe(out);
  });

  test("one that does not, with the bandwidth from which on it would", () => {
    const { status, out } = vmstate("predict", LOOP, "--bandwidth", "16MiB", "--downtime-limit", "100", "--json");
    expect(status).toBe(1);
    const told = JSON.parse(out) as { ends: boolean; downtime?: number; minimumBandwidth: number };
    expect(told).toMatchObject({ ends: false });
    expect(told.downtime).toBeUndefined();
    const enough = `${Math.ceil(told.minimumBandwidth * 1.05)}`;
    expect(vmstate("predict", LOOP, "--bandwidth", enough, "--downtime-limit", "100").status).toBe(0);
  });

  test("a log that is cut says so, and is good up to there", () => {
    writeFileSync(join(folder, "cut.log"), readFileSync(LOG).subarray(0, 9000));
    const { status, err } = vmstate("predict", "cut.log", "--bandwidth", "16MiB");
    expect(status).toBe(0);
    expect(err).toBe("cut.log: at 9000: The log is cut in a record. What was read before stands.\n");
  });

  test.each([
    [["nothing.log", "--bandwidth", "1M"], 3, /^nothing\.log: No such file\.\n$/],
    [[join(ROOT, "package.json"), "--bandwidth", "1M"], 3, /at 0: This is no dirty log: it does not begin with VMDIRTY\.\n$/],
    [["empty.log", "--bandwidth", "1M"], 3, /\nempty\.log: The log has no whole epoch\.\n$/],
    [[LOG], 2, /--bandwidth BYTES is missing/],
    [[LOG, "--bandwidth", "fast"], 2, /--bandwidth takes a number of bytes/],
    [[LOG, "--bandwidth", "1M", "--policy", "hope"], 2, /--policy takes none, qemu-1\.6, qemu-2\.5 or writer-limit, not 'hope'/],
    [[LOG, "--bandwidth", "1M", "--downtime-limit", "0"], 2, /--downtime-limit takes a number of ms above 0/],
    [[LOG, "--bandwidth", "1M", "--max-input", "1K"], 3, /at 1024: The log has more than 1024 bytes\.\n$/],
    [[], 2, /LOG is missing/],
  ])("%j is refused", (args, status, sentence) => {
    // The header alone.
    writeFileSync(join(folder, "empty.log"), readFileSync(LOG).subarray(0, 39));
    const run = vmstate("predict", ...args);
    expect({ status: run.status, out: run.out }).toEqual({ status, out: "" });
    expect(run.err).toMatch(sentence);
  });
});

describe("dirty-log", () => {
  test("logs a guest for so long, in epochs of these lengths", () => {
    const made = vmstate("dirty-log", "-o", "own.log", "--for", "0.4", "--period", "10,30", "--ram", "8M", "--working-set", "1M");
    expect(made).toMatchObject({ status: 0, err: "" });
    const { status, out } = vmstate("dirty-log", "--info", "--json", "own.log");
    expect(status).toBe(0);
    const info = JSON.parse(out) as { milliseconds: number; epochs: number; everWritten: number; zeroPages: number };
    expect(info).toMatchObject({ end: "ended", pages: 2048, blocks: [{ id: "pc.ram", bytes: 8 << 20 }] });
    expect(made.out).toMatch(new RegExp(`^${info.epochs} epochs, \\d+ bytes\\n$`));
    expect(info.milliseconds).toBeGreaterThanOrEqual(400);
    // 256 pages of its own, and the one that it keeps account in.
    expect(info.everWritten).toBe(257);
    expect(vmstate("predict", "own.log", "--bandwidth", "1G").status).toBe(0);
  });

  test.each([
    [[], 2, /-o FILE is missing/],
    [["x.log"], 2, /'x\.log' is not asked for/],
    [["-o", "none/x.log"], 2, /The file 'none\/x\.log' cannot be written \(ENOENT\)/],
    [["-o", "x.log", "--period", "0"], 2, /--period takes numbers of ms above 0/],
    [["-o", "x.log", "--workload", "dance"], 2, /--workload takes idle, sweep/],
    [["-o", "x.log", "--working-set", "64M"], 2, /--working-set takes 4096 to/],
    [["-o", "x.log", "--writers", "9"], 2, /--writers takes a whole number from 1 to 8/],
    [["--info"], 2, /--info wants one log/],
    [["--info", join(ROOT, "package.json")], 3, /This is no dirty log/],
  ])("%j is refused", (args, status, sentence) => {
    const run = vmstate("dirty-log", ...args);
    expect({ status: run.status, out: run.out }).toEqual({ status, out: "" });
    expect(run.err).toMatch(sentence);
  });
});
