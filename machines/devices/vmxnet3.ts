import { array, bool, capabilityAt, named, struct, uint8, uint16, uint32, uint64, varBuffer, vmsd } from "../../compiler/schema/index.ts";
import { msix, msixVectors, pciDevice } from "./pci.ts";

const QUEUES = 8;
const INTERRUPTS = 25;
/** The driver gives the list's length in bytes in 16 bits. */
const LONGEST_LIST = 0xffff;

/** A ring in guest memory. */
export const vmxnet3Ring = vmsd("vmxnet3-ring", {
  versionId: 0,
  minimumVersionId: 0,
  fields: { pa: uint64, size: uint32, cell_size: uint32, next: uint32, gen: uint8 },
});

/** What a queue has sent. */
export const vmxnet3TxStatistics = vmsd("vmxnet3-tx-stats", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    TSOPktsTxOK: uint64,
    TSOBytesTxOK: uint64,
    ucastPktsTxOK: uint64,
    ucastBytesTxOK: uint64,
    mcastPktsTxOK: uint64,
    mcastBytesTxOK: uint64,
    bcastPktsTxOK: uint64,
    bcastBytesTxOK: uint64,
    pktsTxError: uint64,
    pktsTxDiscard: uint64,
  },
});

/** What a queue has received. */
export const vmxnet3RxStatistics = vmsd("vmxnet3-rx-stats", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    LROPktsRxOK: uint64,
    LROBytesRxOK: uint64,
    ucastPktsRxOK: uint64,
    ucastBytesRxOK: uint64,
    mcastPktsRxOK: uint64,
    mcastBytesRxOK: uint64,
    bcastPktsRxOK: uint64,
    bcastBytesRxOK: uint64,
    pktsRxOutOfBuf: uint64,
    pktsRxError: uint64,
  },
});

/** A queue for sending. */
export const vmxnet3TxQueue = vmsd("vmxnet3-txq-descr", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    tx_ring: struct(vmxnet3Ring),
    comp_ring: struct(vmxnet3Ring),
    intr_idx: uint8,
    tx_stats_pa: uint64,
    txq_stats: struct(vmxnet3TxStatistics),
  },
});

/** A queue for receiving: a ring for heads and bodies of packets, and one for bodies alone. */
export const vmxnet3RxQueue = vmsd("vmxnet3-rxq-descr", {
  versionId: 0,
  minimumVersionId: 0,
  fields: {
    rx_ring: array(struct(vmxnet3Ring), 2),
    comp_ring: struct(vmxnet3Ring),
    intr_idx: uint8,
    rx_stats_pa: uint64,
    rxq_stats: struct(vmxnet3RxStatistics),
  },
});

/** One of the interrupts. */
export const vmxnet3Interrupt = vmsd("vmxnet3-int-state", {
  versionId: 0,
  minimumVersionId: 0,
  fields: { is_masked: bool, is_pending: bool, is_asserted: bool },
});

const MSI = 5;
const MSI_AT = { old: 0x50, now: 0x84 } as const;

const msiAt = (config: Uint8Array): number => capabilityAt(config, MSI);

/** VMware's paravirtual network card; PCI Express unless `x-disable-pcie` is on. */
export const vmxnet3 = vmsd("vmxnet3", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["vmxnet3"],
  behindPath: true,
  properties: { express: true, x_old_msi_offsets: false },
  validate: {
    parent_obj: (s, m) =>
      msiAt(m.express ? s.parent_obj.express_config : s.parent_obj.config) === 0 ||
      msiAt(m.express ? s.parent_obj.express_config : s.parent_obj.config) === (m.x_old_msi_offsets ? MSI_AT.old : MSI_AT.now),
  },
  fields: {
    parent_obj: struct(pciDevice),
    msix: named(
      "parent_obj",
      struct(msix, {
        with: {
          vectors: (s, m) => (m.express ? msixVectors(s.parent_obj.express_config) : msixVectors(s.parent_obj.config)),
        },
      }),
    ),
    rx_packets_compound: bool,
    rx_vlan_stripping: bool,
    lro_supported: bool,
    rx_mode: uint32,
    mcast_list_len: uint32,
    mcast_list_buff_size: uint32,
    vlan_table: array(uint32, 128),
    mtu: uint32,
    max_rx_frags: uint16,
    max_tx_frags: uint32,
    event_int_idx: uint8,
    auto_int_masking: bool,
    txq_num: uint8,
    rxq_num: uint8,
    device_active: uint32,
    last_command: uint32,
    link_status_and_speed: uint32,
    temp_mac: uint32,
    drv_shmem: uint64,
    temp_shared_guest_driver_memory: uint64,
    txq_descr: array(struct(vmxnet3TxQueue), QUEUES),
    rxq_descr: array(struct(vmxnet3RxQueue), QUEUES),
    interrupt_states: array(struct(vmxnet3Interrupt), INTERRUPTS),
  },
  subsections: {
    "vmxnet3/mcast_list": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { mcast_list: varBuffer("mcast_list_buff_size", { max: LONGEST_LIST }) },
    },
  },
});
