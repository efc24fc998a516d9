import { driveOn } from "./drives.ts";
import type { MachineCase } from "./machine-case.ts";

const SMP: readonly (readonly [name: string, args: string, what: string])[] = [
  ["smp-2", "-smp 2", "two processors, the second of which waits to be started"],
  ["smp-4", "-smp 4", "four processors, three of which wait to be started"],
  ["smp-8", "-smp 8", "eight processors"],
  ["smp-1-of-4", "-smp 1,maxcpus=4", "places for three more"],
  ["smp-2-of-8", "-smp 2,maxcpus=8,sockets=2,cores=2,threads=2", "places for six more"],
  ["smp-hole", "-smp 6,sockets=2,cores=3,threads=1", "identifiers with a hole: 0 to 2 and 4 to 6"],
  ["smp-threads", "-smp 6,sockets=1,cores=2,threads=3", "three threads a core, which take up four identifiers"],
];

const IRQCHIPS = ["on", "split", "off"] as const;

const kvm = IRQCHIPS.flatMap((irqchip) =>
  [1, 2, 4].map(
    (count): MachineCase => ({
      name: `kvm-${irqchip === "on" ? "" : `irqchip-${irqchip}-`}${count}`,
      family: "kvm",
      what: `KVM, kernel-irqchip=${irqchip}, processors: ${count}`,
      args: `-smp ${count}`,
      accelerator: `kvm,kernel-irqchip=${irqchip}`,
    }),
  ),
);

const MODELS = "486 pentium pentium3 qemu32 kvm32 kvm64 core2duo Nehalem Haswell Skylake-Server EPYC max".split(" ");

/** How many processors, under what, and of which model. */
export const PROCESSORS: readonly MachineCase[] = [
  ...SMP.map(([name, args, what]): MachineCase => ({ name, family: "smp", what, args })),
  { name: "smp-2-never-ran", family: "smp", what: "two processors at reset", args: "-smp 2", guest: "never ran" },
  {
    name: "smp-2-boots",
    family: "smp",
    what: "two processors, started by a BIOS",
    args: `-smp 2 ${driveOn("ide", "disk0")}`,
    guest: "boots",
  },
  {
    name: "smp-4-boots",
    family: "smp",
    what: "four processors, started by a BIOS",
    args: `-smp 4 ${driveOn("ide", "disk0")}`,
    guest: "boots",
  },
  {
    name: "smp-plugged",
    family: "smp",
    what: "a processor that came later, behind a hole",
    args: "-smp 1,maxcpus=4",
    monitor: ["device_add qemu64-x86_64-cpu,socket-id=2,core-id=0,thread-id=0"],
  },
  {
    name: "smp-device",
    family: "smp",
    what: "a processor that was given as a device, behind a hole",
    args: "-smp 1,maxcpus=4,sockets=4,cores=1,threads=1 -device qemu64-x86_64-cpu,socket-id=3,core-id=0,thread-id=0",
  },
  { name: "numa", family: "smp", what: "two nodes", args: "-smp 2 -numa node,cpus=0,mem=16M -numa node,cpus=1,mem=16M", memory: "32" },
  { name: "icount-auto", family: "icount", what: "-icount shift=auto", args: "-icount shift=auto" },
  { name: "icount-1", family: "icount", what: "-icount shift=1", args: "-icount shift=1" },
  { name: "icount-sleep-off", family: "icount", what: "-icount shift=7,sleep=off", args: "-icount shift=7,sleep=off" },
  {
    name: "icount-1-boots",
    family: "icount",
    what: "-icount shift=1; a BIOS ran",
    args: `-icount shift=1 ${driveOn("ide", "disk0")}`,
    guest: "boots",
  },
  ...kvm,
  ...[1, 2].map(
    (count): MachineCase => ({
      name: `kvm-${count}-boots`,
      family: "kvm",
      what: `KVM, processors: ${count}; a BIOS ran`,
      args: `-smp ${count} ${driveOn("ide", "disk0")}`,
      guest: "boots",
      accelerator: "kvm",
    }),
  ),
  {
    name: "kvm-pokes",
    family: "kvm",
    what: "KVM; the guest programmed the machine's devices",
    args: "",
    guest: "pokes",
    accelerator: "kvm",
  },
  { name: "kvm-split-pokes", family: "kvm", what: "the same, split", args: "", guest: "pokes", accelerator: "kvm,kernel-irqchip=split" },
  { name: "kvm-off-pokes", family: "kvm", what: "the same, off", args: "", guest: "pokes", accelerator: "kvm,kernel-irqchip=off" },
  { name: "kvm-never-ran", family: "kvm", what: "KVM, at reset", args: "", guest: "never ran", accelerator: "kvm" },
  {
    name: "kvm-host",
    family: "kvm",
    what: "KVM, -cpu host, without the one feature that some hosts cannot set",
    args: "-cpu host,-arch-capabilities",
    accelerator: "kvm",
  },
  { name: "kvm-no-clock", family: "kvm", what: "KVM without kvmclock", args: "-cpu qemu64,-kvmclock", accelerator: "kvm" },
  {
    name: "kvm-hyperv",
    family: "kvm",
    what: "KVM that looks like Hyper-V",
    args: "-cpu qemu64,hv_relaxed,hv_vapic,hv_spinlocks=0x1fff,hv_time,hv_crash,hv_reset,hv_runtime",
    accelerator: "kvm",
  },
  {
    name: "kvm-pit-delay",
    family: "kvm",
    what: "KVM whose timer drops ticks",
    args: "-global kvm-pit.lost_tick_policy=discard",
    accelerator: "kvm",
  },
  {
    name: "kvm-all-defaults",
    family: "kvm",
    what: "KVM, all that QEMU gives",
    args: "",
    guest: "bios",
    accelerator: "kvm",
    defaults: true,
  },
  ...MODELS.map(
    (model): MachineCase => ({ name: `cpu-${model.toLowerCase()}`, family: "cpu-model", what: `-cpu ${model}`, args: `-cpu ${model}` }),
  ),
  { name: "cpu-no-apic", family: "cpu-model", what: "a processor without a local APIC", args: "-cpu qemu64,-apic", guest: "never ran" },
  { name: "cpu-svm", family: "cpu-model", what: "a processor with SVM, PKU, XSAVE", args: "-cpu max,+svm,+pku,+xsave" },
];
