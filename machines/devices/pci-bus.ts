import { equal, int32, uint32, varray, vmsd } from "../../compiler/schema/index.ts";

/** Interrupt lines of the root bus; a bus behind a bridge has none. */
const MOST_LINES = 4;

/** A PCI bus: how many devices assert each of its interrupt lines. What loads it raises no interrupt; the PIIX3's state does. */
export const pciBus = vmsd("PCIBUS", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { nirq: equal(int32), irq_count: varray(int32, "nirq", { max: MOST_LINES }) },
});

/** The way to configuration space: the address last written to port 0xcf8. Machine types from 5.1 on send it. */
export const pciHost = vmsd("PCIHost", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["i440FX-pcihost"],
  fields: { config_reg: uint32 },
});
