/** What a case is there for; every one of them has a stream in fixtures/machines. */
export const FAMILIES = [
  "e1000",
  "rtl8139",
  "ne2k",
  "pcnet",
  "eepro100",
  "vmxnet3",
  "other-network",
  "virtio-net",
  "virtio-blk",
  "virtio-scsi",
  "virtio-serial",
  "virtio-balloon",
  "virtio-rng",
  "other-virtio",
  "ide",
  "ahci",
  "floppy",
  "lsi",
  "megasas",
  "pvscsi",
  "esp",
  "other-storage",
  "serial",
  "parallel",
  "uhci",
  "ehci",
  "xhci",
  "ohci",
  "vga",
  "cirrus",
  "vmware-svga",
  "hda",
  "ac97",
  "es1370",
  "sb16",
  "other-audio",
  "watchdog",
  "bridge",
  "ipmi",
  "pvpanic",
  "edu",
  "other-misc",
  "whole-machine",
  "smp",
  "kvm",
  "icount",
  "cpu-model",
  "slots",
  "options",
  "changed",
  "stopped-by-error",
  "ran",
  "random",
] as const;
export type Family = (typeof FAMILIES)[number];

/**
 * What the machine does before it is saved. `never ran`: nothing, it is at reset. `ticks`: a ROM that holds nothing but our own guest runs.
 * `pokes`: that guest has first programmed the machine's own devices. `boots`: QEMU's BIOS has loaded our guest from a disk, for which it
 * set up every device that it knows. `bios`: the BIOS runs and finds nothing. `fetches`: a card's boot ROM waits for the answer to a request.
 * `fails`: the BIOS read from a disk that has an error, which stopped the machine.
 */
export type Guest = "never ran" | "ticks" | "pokes" | "boots" | "bios" | "fetches" | "fails";

/** One machine. A build that does not take the arguments lacks it. */
export interface MachineCase {
  readonly name: string;
  readonly family: Family;
  /** What is in it that is not in every stream. */
  readonly what: string;
  /** Arguments with blanks between them. `@NAME` is a file of the run; one named `disk…`, `cd…` or `floppy…` is there, with that size. */
  readonly args: string;
  /** Defaults to `ticks`. */
  readonly guest?: Guest;
  /** Machine options: `vmport=off`. */
  readonly machineOptions?: string;
  /** What `-accel` takes; defaults to `tcg`. */
  readonly accelerator?: string;
  /** What `-m` takes; defaults to 2, and to 16 where a BIOS runs. */
  readonly memory?: string;
  /** True for a machine with all that QEMU gives it unasked. */
  readonly defaults?: boolean;
  /** Monitor commands while the guest runs, which have nothing to say when they succeed. */
  readonly monitor?: readonly string[];
}
