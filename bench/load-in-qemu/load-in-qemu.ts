import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { atExit } from "../../runtime/qemu/at-exit.ts";
import type { Build } from "../../runtime/qemu/find-builds.ts";
import { migrationCompletes } from "../../runtime/qemu/migrate.ts";
import { QemuProcess } from "../../runtime/qemu/qemu-process.ts";
import { bootSector } from "../../runtime/qemu/ticking-guest.ts";
import { readTicks, type Ticks } from "../../runtime/qemu/ticks.ts";
import type { Transform } from "./transforms.ts";

/** Ticks to see on either side, a hundred a second; the BIOS takes its time before. */
const TICKS = 30;
const LIMIT_MS = 60_000;
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
      await ticks(() => text(file("before")), TICKS, source);
      await source.execute("migrate", { uri: `exec:cat > '${file("saved")}'` });
      await migrationCompletes(source);
    } finally {
      await source.end();
    }
    bytes = statSync(file("saved")).size;
    const before = text(file("before"));
    const first = readTicks(before).counters.length;
    transform(file("saved"), file("written"));
    if (existsSync(file("saved"))) throw new Error("The transform left the source's file.");

    const destination = await QemuProcess.start({ binary, args: [...args("after"), "-S", "-incoming", `exec:cat '${file("written")}'`] });
    try {
      await migrationCompletes(destination);
      await destination.execute("cont");
      const { counters } = await ticks(() => before + text(file("after")), first + TICKS, destination);
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

/** Waits for that many ticks; throws when one of them is wrong, when they do not come, and when QEMU is not there any more. */
async function ticks(read: () => string, count: number, qemu: QemuProcess): Promise<Ticks> {
  for (const end = performance.now() + LIMIT_MS; ; await sleep(20)) {
    const seen = readTicks(read());
    if (seen.fault !== undefined) throw new Error(seen.fault);
    if (seen.counters.length >= count) return seen;
    const { status } = await qemu.execute("query-status");
    if (performance.now() < end) continue;
    throw new Error(`The guest has ticked ${seen.counters.length} of ${count} times in ${LIMIT_MS} ms; QEMU says '${status}'.`);
  }
}

function text(file: string): string {
  return existsSync(file) ? readFileSync(file, "latin1") : "";
}
