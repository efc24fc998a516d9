import { array, bool, int8, int64, named, struct, timer, uint8, uint16, uint32, unused, vmsd } from "../../compiler/schema/index.ts";
import { msix, msixVectors, pciDevice } from "./pci.ts";

const QUEUES = 2;
const VECTORS = 5;
const REGISTERS = 0x8000;

/** A timer that holds an interrupt back. */
export const e1000eInterruptTimer = vmsd("e1000e-intr-timer", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { timer, running: bool },
});

/** What a transmit queue remembers between descriptors. */
export const e1000eTx = vmsd("e1000e-tx", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    sum_needed: uint8,
    "props.ipcss": uint8,
    "props.ipcso": uint8,
    "props.ipcse": uint16,
    "props.tucss": uint8,
    "props.tucso": uint8,
    "props.tucse": uint16,
    "props.hdr_len": uint8,
    "props.mss": uint16,
    "props.paylen": uint32,
    "props.ip": int8,
    "props.tcp": int8,
    "props.tse": bool,
    cptse: bool,
    skip_cp: bool,
  },
});

/** Intel's 82574 network card. */
export const e1000e = vmsd("e1000e", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["e1000e"],
  behindPath: true,
  // Whether interrupts that wait for a timer are sent (newer builds send zeros in their place), and the clock's adjustment.
  properties: { migrate_intr_pending: true, migrate_timadj: false },
  configured: { migrate_intr_pending: [true, false] },
  fields: {
    parent_obj: struct(pciDevice, { with: { express: () => true } }),
    msix: named("parent_obj", struct(msix, { with: { vectors: (s) => msixVectors(s.parent_obj.express_config) } })),
    ioaddr: uint32,
    "core.rxbuf_min_shift": uint32,
    "core.rx_desc_len": uint8,
    "core.rxbuf_sizes": array(uint32, 4),
    "core.rx_desc_buf_size": uint32,
    "core.eeprom": array(uint16, 64),
    "core.phy": array(uint16, 224),
    "core.mac": array(uint32, REGISTERS),
    "core.permanent_mac": array(uint8, 6),
    "core.delayed_causes": uint32,
    subsys: uint16,
    subsys_ven: uint16,
    "core.rdtr": struct(e1000eInterruptTimer),
    "core.radv": struct(e1000eInterruptTimer),
    "core.raid": struct(e1000eInterruptTimer),
    "core.tadv": struct(e1000eInterruptTimer),
    "core.tidv": struct(e1000eInterruptTimer),
    "core.itr": struct(e1000eInterruptTimer),
    "core.itr_intr_pending": bool,
    itr_unused: named("unused", unused(1)),
    "core.eitr": array(struct(e1000eInterruptTimer), VECTORS),
    "core.eitr_intr_pending": array(bool, VECTORS),
    eitr_unused: named("unused", unused(VECTORS)),
    "core.itr_guest_value": uint32,
    "core.eitr_guest_value": array(uint32, VECTORS),
    "core.vet": uint16,
    "core.tx": array(struct(e1000eTx), QUEUES),
    "core.timadj": int64,
  },
  exists: {
    "core.itr_intr_pending": (_s, m) => m.migrate_intr_pending,
    itr_unused: (_s, m) => !m.migrate_intr_pending,
    "core.eitr_intr_pending": (_s, m) => m.migrate_intr_pending,
    eitr_unused: (_s, m) => !m.migrate_intr_pending,
    "core.timadj": (_s, m) => m.migrate_timadj,
  },
});
