import { drive, driveOn } from "./drives.ts";
import type { MachineCase } from "./machine-case.ts";

/** Serial and parallel ports, watchdogs, bridges, and the like. */
export const BOARDS: readonly MachineCase[] = [
  { name: "isa-serial", family: "serial", what: "a second serial port", args: "-chardev null,id=c0 -device isa-serial,chardev=c0" },
  {
    name: "isa-serial-four",
    family: "serial",
    what: "four serial ports",
    args: "-chardev null,id=c0 -chardev null,id=c1 -chardev null,id=c2 -device isa-serial,chardev=c0 -device isa-serial,chardev=c1 -device isa-serial,chardev=c2",
  },
  { name: "pci-serial", family: "serial", what: "a serial port of PCI", args: "-chardev null,id=c0 -device pci-serial,chardev=c0" },
  {
    name: "pci-serial-4x",
    family: "serial",
    what: "four serial ports on a card",
    args: "-chardev null,id=c0 -chardev null,id=c1 -chardev null,id=c2 -chardev null,id=c3 -device pci-serial-4x,chardev1=c0,chardev2=c1,chardev3=c2,chardev4=c3",
  },
  { name: "isa-parallel", family: "parallel", what: "a parallel port", args: "-chardev null,id=c0 -device isa-parallel,chardev=c0" },
  {
    name: "isa-parallel-two",
    family: "parallel",
    what: "two parallel ports",
    args: "-chardev null,id=c0 -chardev null,id=c1 -device isa-parallel,chardev=c0 -device isa-parallel,chardev=c1",
  },
  { name: "i6300esb", family: "watchdog", what: "a watchdog", args: "-device i6300esb" },
  { name: "ib700", family: "watchdog", what: "a watchdog", args: "-device ib700" },
  { name: "pci-bridge", family: "bridge", what: "a bridge", args: "-device pci-bridge,chassis_nr=1" },
  {
    name: "pci-bridge-options",
    family: "bridge",
    what: "bridges without MSI, without hot-plug",
    args: "-device pci-bridge,chassis_nr=1,msi=off -device pci-bridge,chassis_nr=2,shpc=off",
  },
  {
    name: "pci-bridges-nested",
    family: "bridge",
    what: "cards behind two bridges",
    args: [
      "-device pci-bridge,id=b0,chassis_nr=1 -device pci-bridge,id=b1,bus=b0,addr=3,chassis_nr=2 -device pci-bridge,id=b2,bus=b1,addr=4,chassis_nr=3",
      "-netdev user,id=n0 -device rtl8139,netdev=n0,bus=b2,addr=5,romfile= -device i6300esb,bus=b1,addr=6",
    ].join(" "),
  },
  {
    name: "pci-bridges-nested-boots",
    family: "bridge",
    what: "a disk behind two bridges, which the BIOS has set up",
    args: `-device pci-bridge,id=b0,chassis_nr=1 -device pci-bridge,id=b1,bus=b0,addr=3,chassis_nr=2 ${drive("disk0")} -device virtio-blk-pci,drive=disk0,bus=b1,addr=5`,
    guest: "boots",
  },
  { name: "ioh3420", family: "bridge", what: "a root port", args: "-device ioh3420,chassis=1" },
  {
    name: "ioh3420-card",
    family: "bridge",
    what: "a root port and a card behind it",
    args: "-device ioh3420,id=p0,chassis=1 -netdev user,id=n0 -device e1000,netdev=n0,bus=p0,romfile=",
  },
  {
    name: "pcie-switch",
    family: "bridge",
    what: "a switch behind a root port",
    args: "-device ioh3420,id=p0,chassis=1 -device x3130-upstream,id=s0,bus=p0 -device xio3130-downstream,bus=s0,id=d0,chassis=2 -device xio3130-downstream,bus=s0,id=d1,chassis=3",
  },
  { name: "i82801b11", family: "bridge", what: "a bridge of ich9", args: "-device i82801b11-bridge" },
  { name: "pxb", family: "bridge", what: "an expander bridge", args: "-device pxb,id=b0,bus_nr=64 -device i6300esb,bus=b0,addr=2" },
  { name: "ipmi-kcs", family: "ipmi", what: "isa-ipmi-kcs", args: "-device ipmi-bmc-sim,id=m0 -device isa-ipmi-kcs,bmc=m0" },
  { name: "ipmi-bt", family: "ipmi", what: "isa-ipmi-bt", args: "-device ipmi-bmc-sim,id=m0 -device isa-ipmi-bt,bmc=m0" },
  { name: "ipmi-pci-kcs", family: "ipmi", what: "pci-ipmi-kcs", args: "-device ipmi-bmc-sim,id=m0 -device pci-ipmi-kcs,bmc=m0" },
  { name: "ipmi-pci-bt", family: "ipmi", what: "pci-ipmi-bt", args: "-device ipmi-bmc-sim,id=m0 -device pci-ipmi-bt,bmc=m0" },
  { name: "pvpanic", family: "pvpanic", what: "pvpanic", args: "-device pvpanic" },
  { name: "pvpanic-pci", family: "pvpanic", what: "pvpanic of PCI", args: "-device pvpanic-pci" },
  { name: "edu", family: "edu", what: "a device to learn by", args: "-device edu" },
  ...[
    "pci-testdev",
    "vmcoreinfo",
    "vmgenid",
    "isa-applesmc,osk=x",
    "isa-debug-exit",
    "isa-debugcon,chardev=c0",
    "sga",
    "ivshmem-plain,memdev=m0,master=on",
  ].map(
    (device): MachineCase => ({
      name: device.split(",")[0] as string,
      family: "other-misc",
      what: "a device of few",
      args: `-chardev null,id=c0 -object memory-backend-ram,id=m0,size=1M -device ${device}`,
    }),
  ),
  {
    name: "watchdog-pause",
    family: "watchdog",
    what: "both watchdogs in a machine that a BIOS has set up",
    args: `-device i6300esb -device ib700 -action watchdog=pause ${driveOn("ide", "disk0")}`,
    guest: "boots",
  },
];
