import { readFileSync, writeFileSync } from "node:fs";
import { enable, migrationCompletes } from "../../runtime/qemu/migrate.ts";
import { QemuProcess } from "../../runtime/qemu/qemu-process.ts";
import { tickingRom } from "../../runtime/qemu/ticking-guest.ts";
import { ticksReach } from "../../runtime/qemu/ticks.ts";
import { inTemporaryFolder, type TemporaryFolder } from "../in-temporary-folder.ts";
import { emptyImage, vmStateOf } from "./qcow2.ts";
import { Recorder, type Recording } from "./recorder.ts";
import type { StreamCase } from "./stream-case.ts";

const PAGES = 8;
const IMAGE = "image";
/** Ticks to see before the guest is taken to run. */
const TICKS = 10;
const LIMIT = { limitMs: 10_000 };

/** What one run of a case brought, by part: `main`, `channel-0`, `return-path`. */
export type Parts = ReadonlyMap<string, Buffer>;

/** Lets the guest run in `binary` and saves it as the case says. */
export async function makeStream(binary: string, machine: string, made: StreamCase): Promise<Parts> {
  return inTemporaryFolder(({ file, closing }) => save({ binary, machine, made, file, closing }));
}

interface Run extends Pick<TemporaryFolder, "file" | "closing"> {
  readonly binary: string;
  readonly machine: string;
  readonly made: StreamCase;
}

async function save(run: Run): Promise<Parts> {
  const { made, file } = run;
  const pages = made.pages ?? PAGES;
  writeFileSync(file("rom"), tickingRom(pages === 0 ? {} : { pages }));
  if (made.to === "snapshot") writeFileSync(file(IMAGE), emptyImage());
  const source = await start(run, "source", pages === 0 ? ["-S"] : []);
  await made.before?.(source);
  const serial = [file("source.serial")];
  if (pages > 0) await ticksReach(serial, TICKS, source, LIMIT);
  return made.to === "snapshot" ? snapshot(run, source) : migrate(run, source, serial);
}

async function snapshot({ file }: Run, source: QemuProcess): Promise<Parts> {
  const complaint = await source.execute("human-monitor-command", { "command-line": "savevm state" });
  if (complaint.trim() !== "") throw new Error(`QEMU does not save a snapshot: ${complaint.trim()}`);
  await source.end();
  return new Map([["main", vmStateOf(readFileSync(file(IMAGE)))]]);
}

/** `serial` is what the guest writes on at the source; one that moves is seen to tick on at the destination. */
async function migrate(run: Run, source: QemuProcess, serial: readonly string[]): Promise<Parts> {
  const { made, file } = run;
  const destination = made.to === "destination" ? await start(run, "destination", ["-incoming", "defer"]) : undefined;
  const destinationUri = `unix:${file("destination.socket")}`;
  await destination?.execute("migrate-incoming", { uri: destinationUri });
  const recorder = await record(run);
  const sourceUri = uriOf(run);
  await source.execute("migrate", { uri: sourceUri });
  await made.during?.(source);
  if (destination !== undefined) await made.between?.({ source, destination, cut: () => recorder?.cut(), sourceUri, destinationUri });
  await migrationCompletes(source);
  if (destination !== undefined) {
    await migrationCompletes(destination);
    const before = await ticksReach(serial, TICKS, source, LIMIT);
    await ticksReach([...serial, file("destination.serial")], before.length + TICKS, destination, LIMIT);
  }
  await source.end();
  await destination?.end();
  return recorder === undefined ? new Map([["main", readFileSync(file("stream"))]]) : partsOf(await recorder.recordings());
}

async function start({ binary, machine, made, file, closing }: Run, name: string, args: readonly string[]): Promise<QemuProcess> {
  const type = made.machineOptions === undefined ? machine : `${machine},${made.machineOptions}`;
  const qemu = await QemuProcess.start({
    binary,
    args: [
      ...["-M", type, "-accel", "tcg", "-m", "2", "-nodefaults", "-no-user-config", "-display", "none", "-bios", file("rom")],
      ...["-serial", `file:${file(`${name}.serial`)}`, ...(made.args?.(file) ?? []), ...args],
      ...(made.to === "snapshot" ? ["-drive", `if=none,format=qcow2,file=${file(IMAGE)}`] : []),
    ],
  });
  closing.push(() => qemu.end());
  await enable(qemu, made.capabilities ?? []);
  if (made.parameters !== undefined) await qemu.execute("migrate-set-parameters", made.parameters);
  return qemu;
}

async function record({ made, file, closing }: Run): Promise<Recorder | undefined> {
  if (made.to !== "recorder" && made.to !== "destination") return undefined;
  const recorder = await Recorder.listen(file("recorder.socket"), made.to === "destination" ? file("destination.socket") : undefined);
  closing.push(() => recorder.close());
  return recorder;
}

function uriOf({ made, file }: Run): string {
  if (made.to === "pipe") return `exec:cat > '${file("stream")}'`;
  return made.to === "file" ? `file:${file("stream")}${made.fileOptions ?? ""}` : `unix:${file("recorder.socket")}`;
}

function partsOf(recordings: readonly Recording[]): Parts {
  const parts = new Map<string, Buffer>();
  for (const { part, sent, answered } of recordings) {
    if (parts.has(part)) throw new Error(`Two connections are '${part}'.`);
    parts.set(part, sent);
    if (answered.length > 0) parts.set(part === "main" ? "return-path" : `${part}-return-path`, answered);
  }
  return parts;
}
