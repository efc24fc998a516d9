import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrationCompletes } from "./migrate.ts";
import { QemuProcess } from "./qemu-process.ts";

/** A QEMU that is a few lines of JavaScript: it connects to its monitor, and `does` with every command as told. */
function fake(does: string): { binary: string; args: string[] } {
  const script = `
    const path = process.argv.find((arg) => arg.startsWith("socket,")).match(/path=(.*)/)[1];
    const socket = require("net").connect(path);
    socket.write('{"QMP": {}}\\n');
    socket.setEncoding("utf8").on("data", (text) => {
      for (const { execute, id } of text.trim().split("\\n").map(JSON.parse)) {
        const give = (value) => socket.write(JSON.stringify({ return: value, id }) + "\\n");
        if (execute === "qmp_capabilities") give({});
        else { ${does} }
      }
    });`;
  return { binary: process.execPath, args: ["-e", script, "--"] };
}

/** The folder for temporary files, ours alone: others start QEMUs too. */
const ours = mkdtempSync(join(tmpdir(), "vmstate-test-"));
const theirs = process.env.TMPDIR;
beforeAll(() => {
  process.env.TMPDIR = ours;
});
afterAll(() => {
  rmSync(ours, { recursive: true });
  if (theirs === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = theirs;
});

describe("a QEMU process", () => {
  test("answers, and ends when it is asked", async () => {
    const qemu = await QemuProcess.start(fake(`give({ running: true }); if (execute === "quit") process.exit(0);`));
    expect(tmpdir()).toBe(ours);
    expect(readdirSync(ours)).toEqual([]);
    expect(await qemu.execute("query-status")).toEqual({ running: true });
    expect(qemu.running).toBe(true);
    await qemu.end();
    expect(qemu.facts().status).toBe(0);
    await qemu.end();
    await expect(qemu.execute("query-status")).rejects.toMatchObject({ name: "QemuError", code: "exited", facts: { status: 0 } });
  });

  test("that dies over a command leaves its last words", async () => {
    const qemu = await QemuProcess.start(fake(`console.error("qemu: machine on fire"); process.exit(1);`));
    const error = await qemu.execute("cont").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "exited", facts: { status: 1, lastWords: "qemu: machine on fire\n" } });
    expect(String(error)).toMatch(/ended with status 1\. Its last words: qemu: machine on fire$/);
  });

  test("that dies before it opens its monitor leaves its last words and no folder", async () => {
    const args = ["-e", `console.error("unsupported machine type"); process.exit(1);`, "--"];
    await expect(QemuProcess.start({ binary: process.execPath, args })).rejects.toMatchObject({
      code: "exited",
      message: expect.stringContaining("unsupported machine type"),
    });
    expect(readdirSync(ours)).toEqual([]);
  });

  test("that is not there", async () => {
    await expect(QemuProcess.start({ binary: "/nonexistent/qemu", args: [] })).rejects.toMatchObject({ code: "missing" });
  });

  test("that never opens its monitor is killed", async () => {
    const args = ["-e", "setInterval(() => {}, 1000)", "--"];
    await expect(QemuProcess.start({ binary: process.execPath, args, limitMs: 150 })).rejects.toMatchObject({
      code: "start",
      facts: { status: "SIGKILL" },
    });
  });

  test("whose migration fails says why", async () => {
    const qemu = await QemuProcess.start(
      fake(`if (execute === "quit") process.exit(0); give({ status: "failed", "error-desc": "no space" });`),
    );
    await expect(migrationCompletes(qemu)).rejects.toMatchObject({ code: "migration", message: "The migration is failed: no space." });
    await qemu.end();
  });
});
