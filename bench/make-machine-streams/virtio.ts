import { drive } from "./drives.ts";
import type { MachineCase } from "./machine-case.ts";

const PORTS = [
  "-chardev null,id=c0 -chardev null,id=c1 -chardev null,id=c2",
  "-device virtconsole,chardev=c0 -device virtserialport,chardev=c1,name=org.one -device virtserialport,chardev=c2,name=org.two,nr=5",
].join(" ");

export const VIRTIO: readonly MachineCase[] = [
  {
    name: "virtio-net-multiqueue",
    family: "virtio-net",
    what: "four pairs of queues",
    args: "-netdev hubport,id=n0,hubid=0 -device virtio-net-pci,netdev=n0,romfile=,mq=on,vectors=10",
  },
  {
    name: "virtio-net-vectors-0",
    family: "virtio-net",
    what: "no MSI-X, and a MAC table",
    args: "-netdev user,id=n0 -device virtio-net-pci,netdev=n0,romfile=,vectors=0",
  },
  { name: "virtio-blk", family: "virtio-blk", what: "a disk", args: `${drive("disk0")} -device virtio-blk-pci,drive=disk0` },
  {
    name: "virtio-blk-two-queues",
    family: "virtio-blk",
    what: "num-queues=2",
    args: `${drive("disk0")} -device virtio-blk-pci,drive=disk0,num-queues=2`,
  },
  {
    name: "virtio-blk-vectors-0",
    family: "virtio-blk",
    what: "vectors=0",
    args: `${drive("disk0")} -device virtio-blk-pci,drive=disk0,vectors=0`,
  },
  {
    name: "virtio-blk-modern",
    family: "virtio-blk",
    what: "disable-legacy=on, which no machine of that age has by itself",
    args: `${drive("disk0")} -device virtio-blk-pci,drive=disk0,scsi=off,disable-legacy=on,disable-modern=off`,
  },
  {
    name: "virtio-blk-transitional",
    family: "virtio-blk",
    what: "a card of both ages",
    args: `${drive("disk0")} -device virtio-blk-pci-transitional,drive=disk0,scsi=off`,
  },
  {
    name: "virtio-blk-two",
    family: "virtio-blk",
    what: "two disks, one of them at a place that is asked for",
    args: `${drive("disk0")} ${drive("disk1")} -device virtio-blk-pci,drive=disk0,addr=0x1c -device virtio-blk-pci,drive=disk1`,
  },
  {
    name: "virtio-blk-boots",
    family: "virtio-blk",
    what: "a disk that the BIOS has read from",
    args: `${drive("disk0")} -device virtio-blk-pci,drive=disk0`,
    guest: "boots",
  },
  {
    name: "virtio-blk-iothread",
    family: "virtio-blk",
    what: "a disk in a thread of its own",
    args: `-object iothread,id=t0 ${drive("disk0")} -device virtio-blk-pci,drive=disk0,iothread=t0`,
    guest: "boots",
  },
  {
    name: "virtio-scsi",
    family: "virtio-scsi",
    what: "disk and CD",
    args: `-device virtio-scsi-pci,id=s0 ${drive("disk0")} ${drive("cd0")} -device scsi-hd,drive=disk0 -device scsi-cd,drive=cd0`,
  },
  {
    name: "virtio-scsi-four-queues",
    family: "virtio-scsi",
    what: "num_queues=4",
    args: `-device virtio-scsi-pci,id=s0,num_queues=4 ${drive("disk0")} -device scsi-hd,drive=disk0`,
  },
  {
    name: "virtio-scsi-boots",
    family: "virtio-scsi",
    what: "a disk that the BIOS has read from",
    args: `-device virtio-scsi-pci,id=s0 ${drive("disk0")} -device scsi-hd,drive=disk0`,
    guest: "boots",
  },
  { name: "virtio-serial", family: "virtio-serial", what: "no port", args: "-device virtio-serial-pci" },
  { name: "virtio-serial-ports", family: "virtio-serial", what: "a console and two ports", args: `-device virtio-serial-pci ${PORTS}` },
  {
    name: "virtio-serial-64-ports",
    family: "virtio-serial",
    what: "max_ports=64",
    args: `-device virtio-serial-pci,max_ports=64 ${PORTS}`,
  },
  {
    name: "virtio-serial-vectors-0",
    family: "virtio-serial",
    what: "vectors=0",
    args: `-device virtio-serial-pci,vectors=0 ${PORTS}`,
  },
  { name: "virtio-balloon", family: "virtio-balloon", what: "a balloon", args: "-device virtio-balloon-pci" },
  {
    name: "virtio-balloon-options",
    family: "virtio-balloon",
    what: "a balloon with all it can do",
    args: "-object iothread,id=t0 -device virtio-balloon-pci,deflate-on-oom=on,free-page-hint=on,page-poison=on,iothread=t0",
  },
  { name: "virtio-rng", family: "virtio-rng", what: "a source of randomness", args: "-device virtio-rng-pci" },
  {
    name: "virtio-rng-limited",
    family: "virtio-rng",
    what: "max-bytes and period",
    args: "-object rng-random,id=r0,filename=/dev/urandom -device virtio-rng-pci,rng=r0,max-bytes=1024,period=1000",
  },
  ...["virtio-keyboard-pci", "virtio-mouse-pci", "virtio-tablet-pci"].map(
    (model): MachineCase => ({ name: model.replace("-pci", ""), family: "other-virtio", what: "virtio input", args: `-device ${model}` }),
  ),
  { name: "virtio-gpu", family: "other-virtio", what: "virtio-gpu, where its module is there", args: "-device virtio-gpu-pci" },
  {
    name: "virtio-behind-ioh3420",
    family: "bridge",
    what: "virtio cards behind a root port: PCI Express capabilities where the bus has them",
    args: `-device ioh3420,id=p0,chassis=1 -device virtio-rng-pci,bus=p0 ${drive("disk0")} -device virtio-blk-pci,drive=disk0`,
  },
  {
    name: "virtio-behind-pcie-root-port",
    family: "bridge",
    what: "virtio cards behind generic root ports",
    args: "-device pcie-root-port,id=p0,chassis=1 -device pcie-root-port,id=p1,chassis=2 -device virtio-balloon-pci,bus=p0",
  },
  {
    name: "virtio-behind-pci-bridge",
    family: "bridge",
    what: "virtio cards behind a bridge",
    args: "-device pci-bridge,id=b0,chassis_nr=1 -device virtio-balloon-pci,bus=b0,addr=3 -device virtio-rng-pci,bus=b0,addr=4",
  },
  {
    name: "virtio-all",
    family: "other-virtio",
    what: "several virtio devices at once, in use where the BIOS knows them",
    args: [
      `${drive("disk0")} ${drive("disk1")} -device virtio-blk-pci,drive=disk0 -device virtio-scsi-pci,id=s0 -device scsi-hd,drive=disk1`,
      `-netdev user,id=n0 -device virtio-net-pci,netdev=n0 -device virtio-serial-pci ${PORTS} -device virtio-balloon-pci -device virtio-rng-pci`,
    ].join(" "),
    guest: "boots",
  },
];
