import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Build } from "../../runtime/qemu/find-builds.ts";
import { migrationCompletes } from "../../runtime/qemu/migrate.ts";
import { saveTo, startBareMachine } from "./bare-machine.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { vmstateStream } from "./vmstate-stream.ts";

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
  return outcomeOf(async (folder) => {
    const { file } = folder;
    const args = ["-device", "e1000", "-S"];
    const source = await startBareMachine(folder, { binary, machine, args });
    await saveTo(source, file("saved"));
    await source.end();
    vmstateStream(["decode", file("saved")], file("saved.json"));
    rmSync(file("saved"));
    writeFileSync(file("changed.json"), changed(readFileSync(file("saved.json"), "utf8")));
    vmstateStream(["encode", file("changed.json"), "-o", file("changed")]);

    const incoming = ["-incoming", `exec:cat '${file("changed")}'`];
    const destination = await startBareMachine(folder, { binary, machine, args: [...args, ...incoming] });
    await migrationCompletes(destination);
    const monitor = async (line: string): Promise<string> => destination.execute("human-monitor-command", { "command-line": line });
    await monitor(`o /b 0x70 ${CMOS_INDEX}`);
    const seen = await monitor("i /b 0x71");
    if (!new RegExp(`= 0x0*${CMOS_BYTE.toString(16)}\\b`).test(seen)) throw new Error(`The monitor shows ${seen.trim()}.`);
    await saveTo(destination, file("again"));
    await destination.end();
    const cmos = String(fieldOf(file("again"), "mc146818rtc", "cmos_data")).slice(2 * CMOS_INDEX, 2 * CMOS_INDEX + 2);
    const leds = fieldOf(file("again"), "e1000", "mac_reg[LEDCTL]");
    if (cmos !== CMOS_BYTE.toString(16) || leds !== LEDS) throw new Error(`Saved again, CMOS has ${cmos} and LEDCTL is ${leds}.`);
    return `CMOS byte ${CMOS_INDEX} is 0x${cmos} through the monitor and saved again, LEDCTL is 0x${LEDS.toString(16)}`;
  });
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
  const [only] = JSON.parse(vmstateStream(["decode", "--section", section, "--field", field, stream])) as readonly Field[];
  return only?.value;
}
