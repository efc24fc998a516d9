import { writeFileSync } from "node:fs";
import { migrationReaches } from "../../runtime/qemu/migrate.ts";
import type { QemuProcess } from "../../runtime/qemu/qemu-process.ts";
import type { MigrationInfo } from "../../runtime/qemu/qmp-commands.ts";
import type { Ends, StreamCase } from "./stream-case.ts";

const KIB = 1024;
const OLD = "pc-i440fx-2.12";
const BOTH = [OLD, "newest"];
/** Without the tables of ACPI and the largest of the devices, where these are not the point. */
const LEAN = "acpi=off,vmport=off";

/** So slow that the guest writes its pages faster than they are sent, and so strict that the migration does not end by itself. */
const SLOW = { "max-bandwidth": 200 * KIB, "downtime-limit": 1 };

/**
 * Through so many passes over the memory, then to the end. What makes pages small makes passes short, and one in which the guest never came
 * to write is the last: that is as good.
 */
const passes =
  (count: number) =>
  async (source: QemuProcess): Promise<void> => {
    const enough = ({ status, ram }: MigrationInfo): boolean => status === "completed" || (ram?.["dirty-sync-count"] ?? 0) >= count;
    const { status } = await migrationReaches(source, enough);
    if (status !== "completed") await source.execute("migrate-set-parameters", { "max-bandwidth": 1 << 30, "downtime-limit": 10_000 });
  };

/** In that pass over the memory the guest moves, and the rest of its memory follows. */
const postcopy =
  (pass: number) =>
  async (source: QemuProcess): Promise<void> => {
    await migrationReaches(source, ({ ram }) => (ram?.["dirty-sync-count"] ?? 0) >= pass);
    await source.execute("migrate-start-postcopy");
  };
const SLOW_POSTCOPY = { ...SLOW, "max-postcopy-bandwidth": 200 * KIB };

/** The connection breaks while the memory still comes, and another one takes over. */
const recover = async ({ source, destination, cut, sourceUri, destinationUri }: Ends): Promise<void> => {
  for (const qemu of [source, destination]) await migrationReaches(qemu, ({ status }) => status === "postcopy-active");
  cut();
  for (const qemu of [source, destination]) await migrationReaches(qemu, ({ status }) => status === "postcopy-paused");
  await destination.execute("migrate-recover", { uri: destinationUri });
  await source.execute("migrate", { uri: sourceUri, resume: true });
};

const nullDisk = (): readonly string[] => ["-blockdev", "driver=null-co,node-name=nd0,size=67108864"];

/** Three bitmaps: one with both full and empty chunks, one with few bits, one that no longer counts. */
const bitmaps = async (source: QemuProcess): Promise<void> => {
  await source.execute("block-dirty-bitmap-add", { node: "nd0", name: "fine", granularity: 512 });
  await source.execute("block-dirty-bitmap-add", { node: "nd0", name: "coarse", granularity: 64 * KIB });
  await source.execute("block-dirty-bitmap-add", { node: "nd0", name: "disabled", disabled: true });
  for (const range of ["0 4M", "9M 512", "40M 65536"]) {
    await source.execute("human-monitor-command", { "command-line": `qemu-io nd0 "write ${range}"` });
  }
};

/** Two MiB, of which the first holds something. */
const disk = (file: (name: string) => string): readonly string[] => {
  const bytes = Buffer.alloc(2 << 20);
  for (let at = 0; at < 1 << 20; at += 64 * KIB) bytes.writeUInt32BE(at + 1, at);
  writeFileSync(file("disk"), bytes);
  return ["-drive", `if=ide,format=raw,file=${file("disk")}`];
};

const sharedMemory = (file: (name: string) => string): readonly string[] => [
  "-object",
  `memory-backend-file,id=m0,size=2M,share=on,mem-path=${file("memory")}`,
];

/** In the order of the format's description: container, RAM, other sections, other channels. */
export const CASES: readonly StreamCase[] = [
  {
    name: "without-vapic",
    what: "a description, but neither configuration nor footers",
    machines: ["pc-i440fx-1.7"],
    // These machines keep option ROMs in blocks of their own, and the one for that is QEMU's own code.
    args: () => ["-global", "apic.vapic=off"],
    to: "pipe",
  },
  {
    name: "stopped",
    what: "a guest that never ran",
    machines: ["pc-i440fx-2.0", "pc-i440fx-2.3", ...BOTH],
    pages: 0,
    to: "pipe",
  },
  { name: "running", what: "a guest that runs", machines: ["pc-i440fx-2.0", ...BOTH], to: "pipe" },
  {
    name: "uuid",
    machineOptions: LEAN,
    what: "configuration/uuid",
    pages: 0,
    capabilities: ["validate-uuid"],
    args: () => ["-uuid", "00112233-4455-6677-8899-aabbccddeeff"],
    to: "pipe",
  },
  {
    name: "ignore-shared",
    what: "configuration/capabilities with x-ignore-shared; RAM blocks with their address, and one whose pages are not sent",
    machines: BOTH,
    machineOptions: `memory-backend=m0,${LEAN}`,
    pages: 0,
    capabilities: ["x-ignore-shared"],
    args: sharedMemory,
    to: "pipe",
  },
  {
    name: "all-subsections",
    machineOptions: LEAN,
    what: "configuration with both capabilities and uuid",
    pages: 0,
    capabilities: ["x-ignore-shared", "validate-uuid"],
    args: () => ["-uuid", "00112233-4455-6677-8899-aabbccddeeff"],
    to: "pipe",
  },
  { name: "passes", machineOptions: LEAN, what: "memory in several passes", pages: 16, parameters: SLOW, during: passes(3), to: "pipe" },
  {
    name: "xbzrle",
    machineOptions: LEAN,
    what: "pages as differences from the pass before",
    pages: 16,
    capabilities: ["xbzrle"],
    parameters: { ...SLOW, "xbzrle-cache-size": 1 << 20 },
    during: passes(5),
    to: "pipe",
  },
  {
    name: "compress",
    machineOptions: LEAN,
    what: "pages compressed by threads",
    pages: 16,
    capabilities: ["compress"],
    parameters: { ...SLOW, "compress-threads": 2 },
    during: passes(3),
    to: "pipe",
  },
  {
    name: "mapped-ram",
    machineOptions: LEAN,
    what: "pages at fixed places in the file",
    machines: BOTH,
    capabilities: ["mapped-ram"],
    to: "file",
  },
  {
    name: "mapped-ram-offset",
    machineOptions: LEAN,
    what: "mapped-ram that begins at offset 4096 of its file",
    machines: ["newest"],
    capabilities: ["mapped-ram"],
    to: "file",
    fileOptions: ",offset=4096",
  },
  {
    name: "mapped-ram-multifd",
    machineOptions: LEAN,
    what: "mapped-ram whose pages two channels wrote",
    machines: ["newest"],
    capabilities: ["mapped-ram", "multifd"],
    to: "file",
  },
  {
    name: "background-snapshot",
    machineOptions: LEAN,
    what: "the device state of the beginning behind pages of later",
    capabilities: ["background-snapshot"],
    pages: 32,
    to: "pipe",
  },
  {
    name: "snapshot",
    what: "the VM state of an internal snapshot",
    machines: ["pc-i440fx-2.0", ...BOTH],
    machineOptions: LEAN,
    to: "snapshot",
  },
  {
    name: "dirty-bitmaps",
    machineOptions: LEAN,
    what: "a dirty-bitmap section: three bitmaps of one disk",
    pages: 0,
    capabilities: ["dirty-bitmaps"],
    // Until the bandwidth is known nothing is small enough to end with, and empty sections follow each other as fast as this lets them.
    parameters: { "max-bandwidth": 100 * KIB, "downtime-limit": 10_000 },
    args: nullDisk,
    before: bitmaps,
    to: "pipe",
  },
  {
    name: "block",
    machineOptions: LEAN,
    what: "a block section: a disk of 2 MiB",
    pages: 0,
    capabilities: ["block"],
    args: disk,
    to: "pipe",
  },
  {
    name: "block-zeroes",
    machineOptions: LEAN,
    what: "a block section in which a chunk of zeros is a flag",
    pages: 0,
    capabilities: ["block", "zero-blocks"],
    args: disk,
    to: "pipe",
  },
  {
    name: "return-path",
    machineOptions: LEAN,
    what: "PING on the main channel, PONG and SHUT on the return path",
    capabilities: ["return-path"],
    to: "destination",
  },
  {
    name: "switchover-ack",
    machineOptions: LEAN,
    what: "SWITCHOVER_ACK on the return path",
    machines: BOTH,
    capabilities: ["return-path", "switchover-ack"],
    to: "destination",
  },
  {
    name: "postcopy",
    machineOptions: LEAN,
    what: "the guest before its memory: discards, a package, pages on request",
    machines: BOTH,
    pages: 32,
    capabilities: ["postcopy-ram"],
    parameters: SLOW_POSTCOPY,
    during: postcopy(2),
    to: "destination",
  },
  {
    name: "postcopy-preempt",
    machineOptions: LEAN,
    what: "post-copy with a connection of its own for the pages that are asked for",
    machines: BOTH,
    pages: 32,
    capabilities: ["postcopy-ram", "postcopy-preempt"],
    parameters: SLOW_POSTCOPY,
    during: postcopy(2),
    to: "destination",
  },
  {
    name: "postcopy-recovery",
    what: "post-copy whose connection breaks: the bitmaps of what has arrived, and the rest over another connection",
    machines: BOTH,
    machineOptions: LEAN,
    pages: 64,
    capabilities: ["postcopy-ram"],
    // QEMU 5.2 is deaf to its monitor, about each second time, while its guest waits for a page.
    since: "background-snapshot",
    parameters: { ...SLOW_POSTCOPY, "max-bandwidth": 600 * KIB },
    during: postcopy(2),
    between: recover,
    to: "destination",
  },
  {
    name: "postcopy-bitmaps",
    machineOptions: LEAN,
    what: "post-copy in which the bits of dirty bitmaps come late too",
    pages: 32,
    capabilities: ["postcopy-ram", "dirty-bitmaps"],
    parameters: SLOW_POSTCOPY,
    args: nullDisk,
    before: bitmaps,
    // The bits still to send keep QEMU from a second look at the memory, for ever in 10.0.
    during: postcopy(1),
    to: "destination",
  },
  ...["none", "zlib", "zstd"].map(
    (method): StreamCase => ({
      name: method === "none" ? "multifd" : `multifd-${method}`,
      machineOptions: LEAN,
      what: `pages on two channels, compression ${method}`,
      machines: BOTH,
      pages: 16,
      capabilities: ["multifd"],
      parameters: { ...SLOW, "multifd-channels": 2, "multifd-compression": method },
      during: passes(3),
      to: "recorder",
    }),
  ),
];
