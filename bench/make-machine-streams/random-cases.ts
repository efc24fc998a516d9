import { createRandom } from "../../compiler/oracle/random.ts";
import { drive, driveOn } from "./drives.ts";
import type { MachineCase } from "./machine-case.ts";

const COUNT = 24;
const MOST = 10;

/** Of these each may be there more than once; `n` tells them apart. */
const MANY: readonly ((n: number) => string)[] = [
  ...["e1000", "e1000-82544gc", "rtl8139", "ne2k_pci", "pcnet", "i82551", "i82559er", "vmxnet3", "virtio-net-pci"].map(
    (model) => (n: number) => `-netdev user,id=n${n} -device ${model},netdev=n${n},romfile=`,
  ),
  ...["lsi53c895a", "megasas", "pvscsi", "am53c974", "virtio-scsi-pci"].map(
    (model) => (n: number) => `-device ${model},id=s${n} ${drive(`disk${n}`)} -device scsi-hd,bus=s${n}.0,drive=disk${n}`,
  ),
  ...["piix3-usb-uhci", "usb-ehci", "nec-usb-xhci"].map(
    (model) => (n: number) => `-device ${model},id=u${n} -device usb-tablet,bus=u${n}.0`,
  ),
  ...["AC97", "ES1370"].map((model) => (n: number) => `-audiodev none,id=a${n} -device ${model},audiodev=a${n}`),
  ...["i6300esb", "virtio-balloon-pci", "virtio-rng-pci", "edu", "secondary-vga"].map((model) => () => `-device ${model}`),
  (n) => `${drive(`disk${n}`)} -device virtio-blk-pci,drive=disk${n}`,
  (n) => `-device ich9-ahci,id=h${n} ${drive(`cd${n}`)} -device ide-cd,bus=h${n}.1,drive=cd${n}`,
  (n) => `-chardev null,id=c${n} -device virtio-serial-pci -device virtserialport,chardev=c${n}`,
  (n) => `-chardev null,id=c${n} -device pci-serial,chardev=c${n}`,
  (n) => `-audiodev none,id=a${n} -device intel-hda,id=h${n} -device hda-duplex,bus=h${n}.0,audiodev=a${n}`,
  (n) => `-device pci-bridge,chassis_nr=${n},id=b${n} -device virtio-rng-pci,bus=b${n},addr=3`,
];

/** Of these there is at most one each. */
const ONCE: readonly string[] = [
  driveOn("ide", "disk-ide"),
  driveOn("ide", "cd-ide", ",media=cdrom"),
  driveOn("floppy", "floppy0"),
  "-device VGA",
  "-chardev null,id=p0 -device isa-parallel,chardev=p0",
  "-chardev null,id=q0 -device isa-serial,chardev=q0",
  "-netdev user,id=i0 -device ne2k_isa,netdev=i0",
  "-audiodev none,id=sb -device sb16,audiodev=sb",
  "-device ib700",
  "-device ipmi-bmc-sim,id=m0 -device isa-ipmi-kcs,bmc=m0",
  "-device pvpanic",
  "-smp 2",
];

/** Sets of up to ten devices, the same for the same seed. */
export function randomCases(seed: number): readonly MachineCase[] {
  const random = createRandom(seed);
  return Array.from({ length: COUNT }, (_, at): MachineCase => {
    const once = [...ONCE];
    const sets = Array.from({ length: 2 + random.below(MOST - 1) }, (_device, n) => {
      const [single] = random.chance(0.3) ? once.splice(random.below(once.length), 1) : [];
      return single ?? random.pick(MANY)(n + 1);
    });
    return {
      name: `random-${seed}-${String(at + 1).padStart(2, "0")}`,
      family: "random",
      what: `${sets.length} devices by chance, seed ${seed}`,
      args: sets.join(" "),
      guest: random.chance(0.5) ? "pokes" : "ticks",
    };
  });
}
