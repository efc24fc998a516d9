import { array, bool, int64, named, struct, timer, uint8, uint16, uint32, vmsd } from "../../compiler/schema/index.ts";
import { msix, msixVectors, pciDevice } from "./pci.ts";

const QUEUES = 16;
const VECTORS = 25;
const REGISTERS = 0x8000;

/** A timer that holds an interrupt back. */
export const igbInterruptTimer = vmsd("igb-intr-timer", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { timer, running: bool },
});

/** A context descriptor: how the packets after it are to be cut and summed. */
export const igbTxContext = vmsd("igb-tx-ctx", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { vlan_macip_lens: uint32, seqnum_seed: uint32, type_tucmd_mlhl: uint32, mss_l4len_idx: uint32 },
});

/** What a transmit queue remembers between descriptors. */
export const igbTx = vmsd("igb-tx", {
  versionId: 2,
  minimumVersionId: 2,
  fields: {
    ctx: array(struct(igbTxContext), 2),
    first_cmd_type_len: uint32,
    first_olinfo_status: uint32,
    first: bool,
    skip_cp: bool,
  },
});

/** Intel's 82576 network card. Its virtual functions have no state of their own here. */
export const igb = vmsd("igb", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["igb"],
  behindPath: true,
  fields: {
    parent_obj: struct(pciDevice, { with: { express: () => true } }),
    msix: named("parent_obj", struct(msix, { with: { vectors: (s) => msixVectors(s.parent_obj.express_config) } })),
    ioaddr: uint32,
    "core.rx_desc_len": uint8,
    "core.eeprom": array(uint16, 1024),
    "core.phy": array(uint16, 32),
    "core.mac": array(uint32, REGISTERS),
    "core.permanent_mac": array(uint8, 6),
    "core.eitr": array(struct(igbInterruptTimer), VECTORS),
    "core.eitr_guest_value": array(uint32, VECTORS),
    "core.tx": array(struct(igbTx), QUEUES),
    "core.timadj": int64,
  },
});
