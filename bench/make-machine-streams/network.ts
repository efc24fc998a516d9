import { driveOn } from "./drives.ts";
import type { MachineCase } from "./machine-case.ts";

const EEPRO100 = "i82550 i82551 i82557a i82557b i82557c i82558a i82558b i82559a i82559b i82559c i82559er i82562 i82801".split(" ");

/** A card at reset: without its boot ROM, which is but bytes. */
const card = (family: MachineCase["family"], model: string): MachineCase => ({
  name: model.replaceAll("_", "-").toLowerCase(),
  family,
  what: `a network card, ${model}`,
  args: `-netdev user,id=n0 -device ${model},netdev=n0,romfile=`,
});

/**
 * The card's boot ROM has asked for an address, and holds a connection open to what answers nothing: so the card has its rings, and the user
 * network has a neighbour and a connection.
 */
const fetching = (family: MachineCase["family"], model: string): MachineCase => ({
  name: `${model.replaceAll("_", "-")}-fetches`,
  family,
  what: `${model} in use by its boot ROM, and a connection of the user network that is forwarded`,
  args: [
    "-chardev file,id=g0,path=@request",
    "-netdev user,id=n0,bootfile=http://10.0.2.100/x,guestfwd=tcp:10.0.2.100:80-chardev:g0",
    `-device ${model},netdev=n0,bootindex=0 -boot strict=on`,
  ].join(" "),
  guest: "fetches",
  memory: "32",
});

export const NETWORK: readonly MachineCase[] = [
  ...["e1000", "e1000-82540em", "e1000-82544gc", "e1000-82545em"].map((model) => card("e1000", model)),
  card("rtl8139", "rtl8139"),
  card("ne2k", "ne2k_pci"),
  { name: "ne2k-isa", family: "ne2k", what: "a network card of ISA", args: "-netdev user,id=n0 -device ne2k_isa,netdev=n0" },
  card("pcnet", "pcnet"),
  ...EEPRO100.map((model) => card("eepro100", model)),
  card("vmxnet3", "vmxnet3"),
  card("other-network", "e1000e"),
  { name: "tulip", family: "other-network", what: "a network card, tulip", args: "-netdev user,id=n0 -device tulip,netdev=n0" },
  card("virtio-net", "virtio-net-pci"),
  fetching("e1000", "e1000"),
  fetching("rtl8139", "rtl8139"),
  fetching("ne2k", "ne2k_pci"),
  fetching("pcnet", "pcnet"),
  fetching("eepro100", "i82559er"),
  {
    name: "vmxnet3-boots",
    family: "vmxnet3",
    what: "vmxnet3 as a BIOS sets it up; its boot ROM finds no cable",
    args: `-netdev user,id=n0 -device vmxnet3,netdev=n0 ${driveOn("ide", "disk0")}`,
    guest: "boots",
  },
  fetching("virtio-net", "virtio-net-pci"),
  {
    name: "two-nics-of-a-kind",
    family: "e1000",
    what: "two cards of one model, and their boot ROMs",
    args: "-netdev user,id=n0 -netdev user,id=n1 -device e1000,netdev=n0 -device e1000,netdev=n1",
  },
];
