import { drive, driveOn } from "./drives.ts";
import type { Family, MachineCase } from "./machine-case.ts";

const HD_AND_CD = `${drive("disk0")} ${drive("cd0")} -device scsi-hd,drive=disk0,scsi-id=0 -device scsi-cd,drive=cd0,scsi-id=1`;

/** The BIOS does not know `lsi53c810`. */
const HOSTS: readonly (readonly [model: string, family: Family])[] = [
  ["lsi53c895a", "lsi"],
  ["lsi53c810", "lsi"],
  ["megasas", "megasas"],
  ["megasas-gen2", "megasas"],
  ["pvscsi", "pvscsi"],
  ["am53c974", "esp"],
  ["dc390", "esp"],
  ["mptsas1068", "other-storage"],
];

const hosts = HOSTS.flatMap(([model, family]): readonly MachineCase[] => {
  const args = `-device ${model} ${HD_AND_CD}`;
  const boots: MachineCase = { name: `${model}-boots`, family, what: "disk and CD, read by the BIOS", args, guest: "boots" };
  return [
    { name: model, family, what: "no disk", args: `-device ${model}` },
    { name: `${model}-hd-cd`, family, what: "disk and CD", args },
    ...(model === "lsi53c810" ? [] : [boots]),
  ];
});

/** A disk of which no sector can be read, seen as `faulty`. */
const FAULTY = [
  "-blockdev driver=file,node-name=f0,filename=@disk0",
  "-blockdev driver=blkdebug,node-name=faulty,image=f0,inject-error.0.event=none,inject-error.0.iotype=read,inject-error.0.errno=5",
].join(" ");
const STOP = "drive=faulty,rerror=stop,werror=stop";

/** Not those of lsi and pvscsi: QEMU dies when it saves one with a request that waits. */
const FAILING: readonly (readonly [name: string, args: string])[] = [
  ["ide", `-device ide-hd,bus=ide.0,${STOP}`],
  ["ahci", `-device ich9-ahci,id=a0 -device ide-hd,bus=a0.0,${STOP}`],
  ["virtio-blk", `-device virtio-blk-pci,${STOP}`],
  ["virtio-scsi", `-device virtio-scsi-pci -device scsi-hd,${STOP}`],
  ["megasas", `-device megasas -device scsi-hd,${STOP}`],
  ["esp", `-device am53c974 -device scsi-hd,${STOP}`],
  ["usb-storage", `-device piix3-usb-uhci -device usb-storage,${STOP}`],
];

export const STORAGE: readonly MachineCase[] = [
  { name: "ide-disk", family: "ide", what: "a disk", args: driveOn("ide", "disk0") },
  { name: "ide-cd", family: "ide", what: "a CD", args: driveOn("ide", "cd0", ",media=cdrom") },
  { name: "ide-empty-cd", family: "ide", what: "a drive without a CD", args: "-device ide-cd,bus=ide.1" },
  {
    name: "ide-four",
    family: "ide",
    what: "three disks and a CD",
    args: `${["disk0", "disk1", "disk2"].map((name) => driveOn("ide", name)).join(" ")} ${driveOn("ide", "cd0", ",media=cdrom")}`,
  },
  {
    name: "ide-boots",
    family: "ide",
    what: "a disk and a CD, read by the BIOS",
    args: `${driveOn("ide", "disk0")} ${driveOn("ide", "cd0", ",media=cdrom")}`,
    guest: "boots",
  },
  {
    name: "ide-cf",
    family: "ide",
    what: "a disk of which we told the geometry",
    args: `${drive("disk0")} -device ide-hd,drive=disk0,cyls=16,heads=4,secs=63`,
  },
  {
    name: "piix3-ide",
    family: "ide",
    what: "a second controller",
    args: `-device piix3-ide,id=i1 ${drive("disk0")} -device ide-hd,drive=disk0,bus=i1.0`,
  },
  { name: "ahci", family: "ahci", what: "no disk", args: "-device ich9-ahci" },
  {
    name: "ahci-hd-cd",
    family: "ahci",
    what: "disk and CD",
    args: `-device ich9-ahci,id=a0 ${drive("disk0")} ${drive("cd0")} -device ide-hd,drive=disk0,bus=a0.0 -device ide-cd,drive=cd0,bus=a0.2`,
  },
  {
    name: "ahci-boots",
    family: "ahci",
    what: "disk and CD, read by the BIOS",
    args: `-device ich9-ahci,id=a0 ${drive("disk0")} ${drive("cd0")} -device ide-hd,drive=disk0,bus=a0.0 -device ide-cd,drive=cd0,bus=a0.2`,
    guest: "boots",
  },
  { name: "floppy", family: "floppy", what: "one floppy", args: driveOn("floppy", "floppy0") },
  { name: "floppy-two", family: "floppy", what: "two floppies", args: `${driveOn("floppy", "floppy0")} ${driveOn("floppy", "floppy1")}` },
  {
    name: "floppy-boots",
    family: "floppy",
    what: "a floppy that the BIOS has read from",
    args: driveOn("floppy", "floppy0"),
    guest: "boots",
  },
  ...hosts,
  {
    name: "lsi-several-disks",
    family: "lsi",
    what: "four disks on two controllers of one model",
    args: [
      "-device lsi53c895a,id=s0 -device lsi53c895a,id=s1",
      ...["s0", "s0", "s1", "s1"].map(
        (bus, at) => `${drive(`disk${at}`)} -device scsi-hd,drive=disk${at},bus=${bus}.0,scsi-id=${at},lun=0`,
      ),
    ].join(" "),
  },
  {
    name: "sdhci-pci",
    family: "other-storage",
    what: "a card reader with a card",
    args: `-device sdhci-pci ${drive("disk0")} -device sd-card,drive=disk0`,
  },
  ...FAILING.map(
    ([name, args]): MachineCase => ({
      name: `${name}-error`,
      family: "stopped-by-error",
      what: "a read that failed and stopped the machine, to be tried again",
      args: `${FAULTY} ${args}`,
      guest: "fails",
    }),
  ),
];
