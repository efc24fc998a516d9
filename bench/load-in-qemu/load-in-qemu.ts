import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atExit } from "../../runtime/qemu/at-exit.ts";
import type { Build } from "../../runtime/qemu/find-builds.ts";
import { migrationCompletes } from "../../runtime/qemu/migrate.ts";
import { QemuProcess } from "../../runtime/qemu/qemu-process.ts";
import { bootSector } from "../../runtime/qemu/ticking-guest.ts";
import { readTicks, ticksReach } from "../../runtime/qemu/ticks.ts";
import type { Transform } from "./transforms.ts";

/** Ticks to see on either side, a hundred a second; the BIOS takes its time before. */
const TICKS = 30;
const DISK = 1 << 20;
const PAGES = 64;

export interface Outcome {
  /** What went wrong, in a sentence; `undefined` when the guest runs on. */
  readonly fault: string | undefined;
  readonly story: string;
}

/** Saves a running guest, has the file transformed and loads it again. */
export async function loadInQemu({ binary }: Build, machine: string, transform: Transform): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "vmstate-load-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const forget = atExit(remove);
  const file = (name: string): string => join(folder, name);
  const disk = new Uint8Array(DISK);
  disk.set(bootSector({ pages: PAGES }));
  writeFileSync(file("disk"), disk);
  const args = (serial: string): string[] => [
    ...["-M", machine, "-accel", "tcg", "-m", "16", "-nodefaults", "-no-user-config", "-display", "none"],
    ...["-drive", `if=ide,format=raw,file=${file("disk")}`, "-serial", `file:${file(serial)}`],
  ];
  let bytes = 0;
  try {
    const source = await QemuProcess.start({ binary, args: args("before") });
    try {
      await ticksReach([file("before")], TICKS, source);
      await source.execute("migrate", { uri: `exec:cat > '${file("saved")}'` });
      await migrationCompletes(source);
    } finally {
      await source.end();
    }
    bytes = statSync(file("saved")).size;
    const first = readTicks(readFileSync(file("before"), "latin1")).counters.length;
    transform(file("saved"), file("written"));
    if (existsSync(file("saved"))) throw new Error("The transform left the source's file.");

    const destination = await QemuProcess.start({ binary, args: [...args("after"), "-S", "-incoming", `exec:cat '${file("written")}'`] });
    try {
      await migrationCompletes(destination);
      await destination.execute("cont");
      const counters = await ticksReach([file("before"), file("after")], first + TICKS, destination);
      return {
        fault: undefined,
        story: `stream of ${bytes} bytes; ticks 1 to ${first} before, to ${counters.length} after, none missing: the guest runs on`,
      };
    } finally {
      await destination.end();
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { fault: error.message, story: "" };
  } finally {
    forget();
    remove();
  }
}
