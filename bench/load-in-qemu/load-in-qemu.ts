import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { Build } from "../../runtime/qemu/find-builds.ts";
import { migrationCompletes } from "../../runtime/qemu/migrate.ts";
import { bootSector } from "../../runtime/qemu/ticking-guest.ts";
import { readTicks, ticksReach } from "../../runtime/qemu/ticks.ts";
import { saveTo, startBareMachine } from "./bare-machine.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import type { Transform } from "./transforms.ts";

/** Ticks to see on either side, a hundred a second; the BIOS takes its time before. */
const TICKS = 30;
const DISK = 1 << 20;
const PAGES = 64;

/** Saves a running guest, has the file transformed and loads it again. */
export async function loadInQemu({ binary }: Build, machine: string, transform: Transform): Promise<Outcome> {
  return outcomeOf(async (folder) => {
    const { file } = folder;
    const disk = new Uint8Array(DISK);
    disk.set(bootSector({ pages: PAGES }));
    writeFileSync(file("disk"), disk);
    const args = (serial: string) => ["-drive", `if=ide,format=raw,file=${file("disk")}`, "-serial", `file:${file(serial)}`];

    const source = await startBareMachine(folder, { binary, machine, args: args("before") });
    await ticksReach([file("before")], TICKS, source);
    await saveTo(source, file("saved"));
    await source.end();
    const bytes = statSync(file("saved")).size;
    const first = readTicks(readFileSync(file("before"), "latin1")).counters.length;
    await transform(file("saved"), file("written"));
    if (existsSync(file("saved"))) throw new Error("The transform left the source's file.");

    const incoming = ["-S", "-incoming", `exec:cat '${file("written")}'`];
    const destination = await startBareMachine(folder, { binary, machine, args: [...args("after"), ...incoming] });
    await migrationCompletes(destination);
    await destination.execute("cont");
    const counters = await ticksReach([file("before"), file("after")], first + TICKS, destination);
    return `stream of ${bytes} bytes; ticks 1 to ${first} before, to ${counters.length} after, none missing: the guest runs on`;
  });
}
