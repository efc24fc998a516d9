import { join } from "node:path";
import { expect, test } from "vitest";
import type { Io } from "../command.ts";
import { ROOT } from "../run-cli.ts";
import { runCommand } from "../run-command.ts";
import { command } from "./state-loop.ts";

const STREAM = join(ROOT, "fixtures/machines/7.2-pc-i440fx-2.2-virtio-scsi.mig.gz");

async function run(...args: readonly string[]): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  const text = { out: "", err: "" };
  const io: Io = { out: (more) => (text.out += more), err: (more) => (text.err += more), isTerminal: false, columns: 80, env: {} };
  const status = await runCommand("state-loop", command, args, io);
  return { status, ...text };
}

test("the machine that comes along loses nothing", async () => {
  expect(await run("--iterations", "20")).toEqual({
    status: 0,
    out: "pc-i440fx-2.2 of 5.2, 29 devices: saved, reset and loaded 20 times, 3 of them poisoned\nnothing is lost\n",
    err: "",
  });
});

test("a stream's devices lose nothing, the guest running in between", async () => {
  const { status, out } = await run(STREAM, "--machine", "pc-2.2", "--profile", "7.2", "--iterations", "4", "--period", "1");
  expect(out).toMatch(/ devices: saved, reset and loaded 4 times, 3 of them poisoned\nnothing is lost\n$/);
  expect(status).toBe(0);
});

test("A2b.3: a field that is not loaded is blamed, and its device found", async () => {
  const { status, out } = await run("--iterations", "4", "--forget", "i8259#1/imr", "--bisect");
  expect(out).toContain("\ni8259#1/imr: lost, iteration 1\n  'imr' is ");
  expect(out).toMatch(/\nby the reset of i8259 state is lost\nfound in \d+ runs\n$/);
  expect(status).toBe(1);
});

test("the same as JSON; a device that is left out of the reset loses nothing", async () => {
  const args = ["--iterations", "3", "--forget", "hpet/config", "--json"];
  const { status, out } = await run(...args);
  expect(JSON.parse(out)).toMatchObject({
    schema: "vmstate-state-loop/1",
    machine: "pc-i440fx-2.2",
    profile: "5.2",
    iterations: 3,
    thorough: 3,
    devices: 29,
    blames: [{ code: "lost", device: "hpet", instance: 0, field: "config", iteration: 1, before: "0", after: "-1" }],
    bisection: null,
  });
  expect(status).toBe(1);
  const left = await run(...args, "--no-reset", "hpet");
  expect(JSON.parse(left.out)).toMatchObject({ blames: [] });
  expect(left.status).toBe(0);
});

test.each([
  [["--no-reset", "hpat"], 2, "There is no device 'hpat'; there are timer, "],
  [["--forget", "hpet/none"], 2, "hpet has no field 'none' to forget."],
  [["--forget", "none"], 2, "--forget takes DEVICE/FIELD; "],
  [["--iterations", "0"], 2, "--iterations takes a whole number from 1 to "],
  [["a", "b"], 2, "One stream is wanted, or none."],
  [["--machine", "pc-2.2", "--profile", "9.9"], 2, "pc-2.2 has no profile '9.9'"],
  [["nowhere.mig"], 3, "nowhere.mig"],
  [[join(ROOT, "README.md")], 3, "This is no migration stream"],
])("%j ends with status %i", async (args, status, message) => {
  const ended = await run(...args);
  expect(ended.err).toContain(message);
  expect(ended).toMatchObject({ status, out: "" });
});
