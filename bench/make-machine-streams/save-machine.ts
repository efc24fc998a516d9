import { readFileSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { migrationCompletes } from "../../runtime/qemu/migrate.ts";
import { QemuError } from "../../runtime/qemu/qemu-error.ts";
import { QemuProcess } from "../../runtime/qemu/qemu-process.ts";
import { QmpError } from "../../runtime/qemu/qmp-error.ts";
import { bootSector, tickingRom } from "../../runtime/qemu/ticking-guest.ts";
import { ticksReach } from "../../runtime/qemu/ticks.ts";
import { inTemporaryFolder, type TemporaryFolder } from "../in-temporary-folder.ts";
import type { MachineCase } from "./machine-case.ts";
import { pokingRom } from "./poking-rom.ts";

const KIB = 1024;
const SIZES = { disk: 2048 * KIB, cd: 512 * KIB, floppy: 1440 * KIB } as const;
/** Few, so that streams stay small. */
const PAGES = 4;
const TICKS = 5;
const LIMIT_MS = 15_000;
/** A KVM without help from the processor takes its time over a BIOS. */
const KVM_LIMIT_MS = 60_000;
const LOOK_MS = 20;
/** How long a BIOS that finds nothing runs, and how long a guest has after commands, in ms. */
const BIOS_MS = 1_500;
const SETTLE_MS = 250;
const SERIAL = "serial";
/** What a boot ROM asked for: as long as this file is empty, it did not. */
const REQUEST = "request";

/** A machine as it was saved. */
export interface SavedMachine {
  readonly stream: Buffer;
  /** What QEMU was called with; files stand in the folder that it runs in. */
  readonly args: readonly string[];
}

/** Thrown where a build does not take the arguments or the commands of a case. */
export class NotInThisBuild extends Error {
  override readonly name = "NotInThisBuild";
}

/** Lets the machine of a case do what it does, and saves it. */
export async function saveMachine(binary: string, machine: string, made: MachineCase): Promise<SavedMachine> {
  return inTemporaryFolder(async (folder) => {
    const { file, path } = folder;
    writeImages(folder, made);
    const args = argsOf(machine, made, file);
    const qemu = await start(binary, args);
    folder.closing.push(() => qemu.end());
    await runGuest(qemu, made, file);
    for (const command of made.monitor ?? []) await perform(qemu, command.replaceAll("@", `${path}/`));
    if (made.monitor !== undefined) await sleep(SETTLE_MS);
    await migrate(qemu, file("stream"));
    await qemu.end();
    return { stream: readFileSync(file("stream")), args: args.map((arg) => arg.replaceAll(`${path}/`, "")) };
  });
}

function argsOf(machine: string, made: MachineCase, file: (name: string) => string): readonly string[] {
  const { guest = "ticks", accelerator = "tcg", machineOptions } = made;
  const own = guest === "ticks" || guest === "pokes";
  const words = made.args.split(" ").filter((word) => word !== "");
  return [
    ...["-M", machineOptions === undefined ? machine : `${machine},${machineOptions}`, "-accel", accelerator],
    ...["-m", made.memory ?? (own || guest === "never ran" ? "2" : "16"), "-no-user-config", "-display", "none"],
    ...(made.defaults === true ? [] : ["-nodefaults"]),
    ...(own ? ["-bios", file("rom")] : []),
    ...(own || guest === "boots" ? ["-serial", `file:${file(SERIAL)}`] : []),
    ...(guest === "never ran" ? ["-S"] : []),
    ...words.map((word) => word.replaceAll(/@([a-z0-9-]+)/g, (_, name: string) => file(name))),
  ];
}

/** Every disk holds our guest in its first sector, so that it does not matter from which one a BIOS boots. */
function writeImages({ file }: TemporaryFolder, { args, guest, monitor = [] }: MachineCase): void {
  writeFileSync(file("rom"), guest === "pokes" ? pokingRom({ pages: PAGES }) : tickingRom({ pages: PAGES }));
  writeFileSync(file(REQUEST), "");
  for (const [, name = "", kind] of [args, ...monitor].join(" ").matchAll(/@((disk|cd|floppy)[a-z0-9-]*)/g)) {
    const image = Buffer.alloc(SIZES[kind as keyof typeof SIZES]);
    if (kind !== "cd") image.set(bootSector({ pages: PAGES }));
    writeFileSync(file(name), image);
  }
}

async function start(binary: string, args: readonly string[]): Promise<QemuProcess> {
  try {
    return await QemuProcess.start({ binary, args });
  } catch (error) {
    if (!(error instanceof QemuError) || error.code !== "exited" || error.facts.status !== 1) throw error;
    throw new NotInThisBuild(reasonOf(error.facts.lastWords ?? ""));
  }
}

/** The line that says why, behind those that only warn. */
function reasonOf(words: string): string {
  const lines = words.split("\n").filter((line) => line !== "" && !/warning:|\bmodules?\b/.test(line));
  const last = lines.at(-1) ?? words.trim();
  return last.replace(/^[^ ]*qemu-system-[^ ]*: /, "");
}

async function runGuest(qemu: QemuProcess, { guest = "ticks", accelerator }: MachineCase, file: (name: string) => string): Promise<void> {
  const limitMs = accelerator?.startsWith("kvm") === true ? KVM_LIMIT_MS : LIMIT_MS;
  const until = async (complaint: string, reached: () => boolean | Promise<boolean>): Promise<void> => {
    for (const end = performance.now() + limitMs; !(await reached()); await sleep(LOOK_MS)) {
      if (performance.now() > end) throw new QemuError("guest", `${complaint} in ${limitMs} ms.`, qemu.facts());
    }
  };
  if (guest === "ticks" || guest === "pokes" || guest === "boots") await ticksReach([file(SERIAL)], TICKS, qemu, { limitMs });
  if (guest === "bios") await sleep(BIOS_MS);
  if (guest === "fetches") await until("The boot ROM asks for nothing", () => statSync(file(REQUEST)).size > 0);
  if (guest === "fails") {
    await until("The disk's error stops nothing", async () => (await qemu.execute("query-status")).status === "io-error");
  }
}

async function perform(qemu: QemuProcess, command: string): Promise<void> {
  const complaint = await qemu.execute("human-monitor-command", { "command-line": command });
  if (complaint.trim() !== "") throw new NotInThisBuild(`'${command}': ${complaint.trim()}`);
}

async function migrate(qemu: QemuProcess, path: string): Promise<void> {
  try {
    await qemu.execute("migrate", { uri: `exec:cat > '${path}'` });
  } catch (error) {
    if (!(error instanceof QmpError) || error.code !== "refused") throw error;
    throw new NotInThisBuild(error.detail ?? error.message);
  }
  await migrationCompletes(qemu);
}
