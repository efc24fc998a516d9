import { drive, driveOn } from "./drives.ts";
import type { Family, MachineCase } from "./machine-case.ts";

/** The companions take what is too slow for the fast one. */
const EHCI_WITH_COMPANIONS = [
  "-device ich9-usb-ehci1,id=u0,addr=0x1d.7,multifunction=on",
  "-device ich9-usb-uhci1,masterbus=u0.0,firstport=0,addr=0x1d.0,multifunction=on",
  "-device ich9-usb-uhci2,masterbus=u0.0,firstport=2,addr=0x1d.1",
  "-device ich9-usb-uhci3,masterbus=u0.0,firstport=4,addr=0x1d.2",
].join(" ");

const CONTROLLERS: readonly (readonly [name: string, family: Family, args: string])[] = [
  ["uhci", "uhci", "-device piix3-usb-uhci,id=u0"],
  ["uhci-piix4", "uhci", "-device piix4-usb-uhci,id=u0"],
  ["ehci", "ehci", "-device usb-ehci,id=u0"],
  ["ehci-ich9", "ehci", EHCI_WITH_COMPANIONS],
  ["ohci", "ohci", "-device pci-ohci,id=u0"],
  ["xhci-nec", "xhci", "-device nec-usb-xhci,id=u0"],
  ["xhci", "xhci", "-device qemu-xhci,id=u0"],
];

const DEVICES: readonly (readonly [name: string, args: string])[] = [
  ["hub", "-device usb-hub,bus=u0.0"],
  ["tablet", "-device usb-tablet,bus=u0.0"],
  ["mouse", "-device usb-mouse,bus=u0.0"],
  ["kbd", "-device usb-kbd,bus=u0.0"],
  ["storage", `${drive("disk0")} -device usb-storage,bus=u0.0,drive=disk0`],
];

/** The hub has eight ports; the ones behind it are named by the way to them. */
const BEHIND_HUB = [
  "-device usb-hub,bus=u0.0,port=1",
  "-device usb-tablet,bus=u0.0,port=1.1 -device usb-mouse,bus=u0.0,port=1.2 -device usb-kbd,bus=u0.0,port=1.3",
  `${drive("disk0")} -device usb-storage,bus=u0.0,port=2,drive=disk0`,
].join(" ");

export const USB: readonly MachineCase[] = [
  ...CONTROLLERS.flatMap(([name, family, args]): readonly MachineCase[] => [
    { name, family, what: "a USB controller", args },
    ...DEVICES.map(
      ([device, more]): MachineCase => ({ name: `${name}-${device}`, family, what: `usb-${device}`, args: `${args} ${more}` }),
    ),
    { name: `${name}-all`, family, what: "a hub with three devices behind it, and a disk", args: `${args} ${BEHIND_HUB}` },
    {
      name: `${name}-all-boots`,
      family,
      what: "a hub with three devices behind it, and a disk, set up by the BIOS",
      args: `${args} ${BEHIND_HUB}`,
      guest: "boots",
    },
  ]),
  { name: "usb-ccid", family: "uhci", what: "a reader of smart cards", args: "-device piix3-usb-uhci,id=u0 -device usb-ccid,bus=u0.0" },
  {
    name: "usb-bot",
    family: "uhci",
    what: "SCSI over bulk transfers",
    args: `-device piix3-usb-uhci,id=u0 -device usb-bot,bus=u0.0,id=b0 ${drive("disk0")} -device scsi-hd,bus=b0.0,drive=disk0`,
  },
  { name: "usb-on", family: "uhci", what: "the machine's own controller", args: "-device usb-tablet", machineOptions: "usb=on" },
  { name: "xhci-nec-ports", family: "xhci", what: "p2=6, p3=2", args: "-device nec-usb-xhci,id=u0,p2=6,p3=2 -device usb-kbd,bus=u0.0" },
  { name: "xhci-ports", family: "xhci", what: "p2=8, p3=8", args: "-device qemu-xhci,id=u0,p2=8,p3=8 -device usb-tablet,bus=u0.0,port=7" },
  { name: "xhci-no-msi", family: "xhci", what: "neither MSI nor MSI-X", args: "-device nec-usb-xhci,id=u0,msi=off,msix=off" },
  {
    name: "xhci-slots",
    family: "xhci",
    what: "slots and interrupters of their own number",
    args: "-device nec-usb-xhci,id=u0,slots=8,intrs=4",
  },
  {
    name: "uhci-two",
    family: "uhci",
    what: "two controllers of one model",
    args: "-device piix3-usb-uhci,id=u0 -device piix3-usb-uhci,id=u1 -device usb-mouse,bus=u1.0",
  },
  {
    name: "usb-input",
    family: "uhci",
    what: "keys and moves that nobody has fetched",
    args: `-device piix3-usb-uhci,id=u0 -device usb-kbd,bus=u0.0 -device usb-mouse,bus=u0.0 ${driveOn("ide", "disk0")}`,
    guest: "boots",
    monitor: ["sendkey a-b", "mouse_move 12 -7", "mouse_button 1"],
  },
];
