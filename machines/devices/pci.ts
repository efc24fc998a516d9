import { array, atMost, buffer, capabilityAt, custom, int32, named, since, struct, varBuffer, vmsd } from "../../compiler/schema/index.ts";

/** Bytes of a conventional function's configuration space, and of one that is PCI Express. */
const CONVENTIONAL = 256;
const EXPRESS = 4096;

const MSIX = 0x11;
const MOST_VECTORS = 2048;
/** Bytes of a vector in the table: address, data and a mask bit, little-endian. */
const VECTOR = 16;

/** Vectors in a function's MSI-X table, as its configuration space says; 0 when it has none. */
export const msixVectors = (config: Uint8Array): number =>
  capabilityAt(config, MSIX) === 0 ? 0 : 1 + (config[capabilityAt(config, MSIX) + 2] | ((config[capabilityAt(config, MSIX) + 3] & 7) << 8));

/** What every PCI function has in front of its own state: configuration space, and the levels of its four interrupt pins. */
export const pciDevice = vmsd("PCIDevice", {
  versionId: 2,
  minimumVersionId: 1,
  properties: { express: false },
  fields: {
    version_id: atMost(2),
    config: custom("pci config", buffer(CONVENTIONAL)),
    express_config: named("config", custom("pci config", buffer(EXPRESS))),
    irq_state: since(2, custom("pci irq state", array(int32, 4))),
  },
  exists: { config: (_s, m) => !m.express, express_config: (_s, m) => m.express },
  validate: { irq_state: (s) => ((s.irq_state[0] | s.irq_state[1] | s.irq_state[2] | s.irq_state[3]) & ~1) === 0 },
});

/** The table as the guest sees it, then a pending bit for each vector. */
export const msixState = vmsd("msix state", {
  versionId: 0,
  minimumVersionId: 0,
  properties: { vectors: 0 },
  fields: {
    table: varBuffer((_s, m) => m.vectors * VECTOR, { max: MOST_VECTORS * VECTOR }),
    pending: varBuffer((_s, m) => Math.ceil(m.vectors / 8), { max: MOST_VECTORS / 8 }),
  },
});

/** MSI-X of a function that has a description for it; nothing on the wire when the function has no table. */
export const msix = vmsd("msix", {
  versionId: 0,
  minimumVersionId: 0,
  fields: { msix: custom("msix state", struct(msixState)) },
});
