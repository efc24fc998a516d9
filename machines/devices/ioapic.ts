import { array, since, uint8, uint32, uint64, unused, vmsd } from "../../compiler/schema/index.ts";

const PINS = 24;

/** The I/O interrupt controller, in QEMU or in the kernel. */
export const ioapic = vmsd("ioapic", {
  versionId: 3,
  minimumVersionId: 1,
  types: ["ioapic", "kvm-ioapic"],
  fields: { id: uint8, ioregsel: uint8, unused: since(2, unused(8)), irr: since(2, uint32), ioredtbl: array(uint64, PINS) },
});
