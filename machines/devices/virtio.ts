import {
  array,
  bool,
  custom,
  named,
  type StateOf,
  sent,
  struct,
  uint8,
  uint16,
  uint32,
  uint64,
  unused,
  varBuffer,
  varray,
  vmsd,
} from "../../compiler/schema/index.ts";
import { msixState, msixVectors, pciDevice } from "./pci.ts";

/** As many queues are in the lists of subsections, used or not; a list is empty in a state whose stream did not have it. */
const MOST_QUEUES = 1024;
const MOST_CONFIG = 256;
/** Said of a queue, or of the configuration, that no MSI-X vector is for. */
const NO_VECTOR = 0xffff;

const LITTLE_ENDIAN = 1;

const vectorsOf = (pci: StateOf<typeof pciDevice>, express: boolean): number =>
  express ? msixVectors(pci.express_config) : msixVectors(pci.config);

/** A queue as every device has it; where its rings are follows from the descriptor table unless `virtio/virtqueues` says it. */
export const virtioQueue = vmsd("virtio queue", {
  versionId: 0,
  minimumVersionId: 0,
  properties: { msix: false },
  fields: { num: uint32, desc: uint64, last_avail_idx: uint16, vector: uint16 },
  exists: { vector: (_s, m) => m.msix },
  absent: { vector: NO_VECTOR },
  validate: { last_avail_idx: (s) => s.desc !== 0n || s.last_avail_idx === 0 },
});

/** How a virtio section begins: the PCI function, then what all virtio devices have. */
export const virtioHead = vmsd("virtio head", {
  versionId: 0,
  minimumVersionId: 0,
  properties: { express: false },
  configured: { express: [false, true] },
  fields: {
    pci: struct(pciDevice),
    msix: custom("msix state", struct(msixState, { with: { vectors: (s, m) => vectorsOf(s.pci, m.express) } })),
    config_vector: uint16,
    // 1 acknowledged, 2 driver, 4 driver is ready, 8 features are agreed on, 0x40 needs a reset, 0x80 failed.
    status: uint8,
    // 1 a queue, 2 the configuration.
    isr: uint8,
    queue_sel: uint16,
    // Those above 31 are in `virtio/64bit_features`.
    guest_features_lo: uint32,
    config_len: uint32,
    config: varBuffer("config_len", { max: MOST_CONFIG }),
    num_queues: uint32,
    queues: varray(struct(virtioQueue, { with: { msix: (s, m) => vectorsOf(s.pci, m.express) > 0 } }), "num_queues", { max: MOST_QUEUES }),
  },
  exists: { config_vector: (s, m) => vectorsOf(s.pci, m.express) > 0 },
  absent: { config_vector: NO_VECTOR },
});

/** A queue as the guest set it up through the modern interface. */
export const virtioModernQueue = vmsd("virtio_pci/modern_queue_state", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { num: uint16, unused: unused(1), enabled: bool, desc: array(uint32, 2), avail: array(uint32, 2), used: array(uint32, 2) },
});

/** What the PCI transport adds: the registers of the modern interface. */
export const virtioPci = vmsd("virtio_pci", {
  versionId: 1,
  minimumVersionId: 1,
  properties: { disable_modern: false },
  fields: {},
  subsections: {
    "virtio_pci/modern_state": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (_s, m) => !m.disable_modern,
      fields: {
        dfselect: uint32,
        gfselect: uint32,
        guest_features: array(uint32, 2),
        vqs: varray(struct(virtioModernQueue), MOST_QUEUES, { max: MOST_QUEUES }),
      },
    },
  },
});

/** Where the other two rings of a queue are. */
export const virtioSplitRing = vmsd("virtqueue_state", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { "vring.avail": uint64, "vring.used": uint64 },
});

/** The size that a queue has when the device is reset. */
export const virtioRingSize = vmsd("ringsize_state", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { "vring.num_default": uint32 },
});

/** Where a device is in a packed ring. */
export const virtioPackedRing = vmsd("packed_virtqueue_state", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { last_avail_idx: uint16, last_avail_wrap_counter: bool, used_idx: uint16, used_wrap_counter: bool, inuse: uint32 },
});

/** How a virtio section ends: what all devices got over time, each in a subsection. */
export const virtioTail = vmsd("virtio", {
  versionId: 1,
  minimumVersionId: 1,
  properties: { disable_modern: false, migrate_extra: true, use_started: false, packed: false, use_disabled_flag: false },
  configured: { disable_modern: [false, true], packed: [false, true] },
  // A queue's default size is not on the wire unless it is another than the queue has.
  fields: { has_ringsize: sent("virtio/ringsize") },
  subsections: {
    "virtio/device_endian": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => s.device_endian !== LITTLE_ENDIAN,
      fields: { device_endian: uint8 },
      absent: { device_endian: LITTLE_ENDIAN },
    },
    "virtio/64bit_features": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (_s, m) => !m.disable_modern,
      fields: { guest_features: uint64 },
    },
    "virtio/virtqueues": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (_s, m) => !m.disable_modern,
      fields: { vq: varray(struct(virtioSplitRing), MOST_QUEUES, { max: MOST_QUEUES }) },
    },
    "virtio/ringsize": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { ringsize_vq: named("vq", varray(struct(virtioRingSize), MOST_QUEUES, { max: MOST_QUEUES })) },
    },
    "virtio/broken": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s) => s.broken,
      fields: { broken: bool },
    },
    "virtio/extra_state": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (_s, m) => m.migrate_extra,
      fields: { extra_state: custom("virtqueue_extra_state", struct(virtioPci)) },
    },
    "virtio/started": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s, m) => m.use_started && s.started,
      fields: { started: bool },
    },
    "virtio/packed_virtqueues": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (_s, m) => m.packed,
      fields: { packed_vq: named("vq", varray(struct(virtioPackedRing), MOST_QUEUES, { max: MOST_QUEUES })) },
    },
    "virtio/disabled": {
      versionId: 1,
      minimumVersionId: 1,
      needed: (s, m) => m.use_disabled_flag && s.disabled,
      fields: { disabled: bool },
    },
  },
});
