import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atExit } from "../../runtime/qemu/at-exit.ts";
import type { Build } from "../../runtime/qemu/find-builds.ts";
import { migrationCompletes } from "../../runtime/qemu/migrate.ts";
import { QemuProcess } from "../../runtime/qemu/qemu-process.ts";
import type { Outcome } from "./load-in-qemu.ts";

/** A byte of battery-backed memory that neither QEMU nor a BIOS uses. */
const CMOS_INDEX = 0x66;
const CMOS_BYTE = 0x5a;
/** What the lights of the card show. */
const LEDS = 0x0e0e0e0e;

interface Field {
  readonly path: string;
  readonly value: unknown;
}

/**
 * Saves a machine that is stopped at reset, changes a byte of its CMOS memory and a register of its e1000 by decoding, editing the JSON and
 * encoding, and loads the result. The byte must be seen through the monitor, both in what is saved then.
 */
export async function loadChanged({ binary }: Build, machine: string): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-changed-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const forget = atExit(remove);
  const file = (name: string): string => join(folder, name);
  const args = ["-M", machine, "-accel", "tcg", "-m", "16", "-nodefaults", "-no-user-config", "-display", "none", "-device", "e1000", "-S"];
  const save = async (qemu: QemuProcess, to: string): Promise<void> => {
    await qemu.execute("migrate", { uri: `exec:cat > '${to}'` });
    await migrationCompletes(qemu);
  };
  try {
    const source = await QemuProcess.start({ binary, args });
    try {
      await save(source, file("saved"));
    } finally {
      await source.end();
    }
    writeFileSync(file("saved.json"), vmstate("decode", file("saved")));
    rmSync(file("saved"));
    writeFileSync(file("changed.json"), changed(readFileSync(file("saved.json"), "utf8")));
    vmstate("encode", file("changed.json"), "-o", file("changed"));

    const destination = await QemuProcess.start({ binary, args: [...args, "-incoming", `exec:cat '${file("changed")}'`] });
    try {
      await migrationCompletes(destination);
      const monitor = async (line: string): Promise<string> => destination.execute("human-monitor-command", { "command-line": line });
      await monitor(`o /b 0x70 ${CMOS_INDEX}`);
      const seen = await monitor("i /b 0x71");
      if (!new RegExp(`= 0x0*${CMOS_BYTE.toString(16)}\\b`).test(seen)) throw new Error(`The monitor shows ${seen.trim()}.`);
      await save(destination, file("again"));
    } finally {
      await destination.end();
    }
    const cmos = String(fieldOf(file("again"), "mc146818rtc", "cmos_data")).slice(2 * CMOS_INDEX, 2 * CMOS_INDEX + 2);
    const leds = fieldOf(file("again"), "e1000", "mac_reg[LEDCTL]");
    if (cmos !== CMOS_BYTE.toString(16) || leds !== LEDS) throw new Error(`Saved again, CMOS has ${cmos} and LEDCTL is ${leds}.`);
    return {
      fault: undefined,
      story: `CMOS byte ${CMOS_INDEX} is 0x${cmos} through the monitor and saved again, LEDCTL is 0x${LEDS.toString(16)}`,
    };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { fault: error.message, story: "" };
  } finally {
    forget();
    remove();
  }
}

/** The document with both fields changed. */
function changed(document: string): string {
  const cmos = (hex: string): string => `${hex.slice(0, 2 * CMOS_INDEX)}${CMOS_BYTE.toString(16)}${hex.slice(2 * CMOS_INDEX + 2)}`;
  const parsed = JSON.parse(document) as unknown;
  const done = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const field = node as { name?: unknown; value?: unknown };
    if (field.name === "cmos_data" && typeof field.value === "string") {
      field.value = cmos(field.value);
      done.add("cmos_data");
    }
    if (field.name === "mac_reg[LEDCTL]") {
      field.value = LEDS;
      done.add("LEDCTL");
    }
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parsed);
  if (done.size !== 2) throw new Error(`Of the fields to change only ${[...done].join(", ") || "none"} is decoded.`);
  return JSON.stringify(parsed);
}

function fieldOf(stream: string, section: string, field: string): unknown {
  const [only] = JSON.parse(vmstate("decode", "--section", section, "--field", field, stream)) as readonly Field[];
  return only?.value;
}

function vmstate(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/vmstate.cjs", "stream", ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`vmstate stream ${args[0]} ends with ${status}: ${stderr.trim()}`);
  return stdout;
}
