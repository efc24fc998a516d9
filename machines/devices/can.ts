import { array, buffer, struct, uint8, uint32, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** Which frames a controller takes from the bus. */
export const canFilter = vmsd("qemu_can_filter", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { can_id: uint32, can_mask: uint32 },
});

/** An SJA1000 CAN controller: its registers in both modes, and its FIFO. */
export const canSja1000 = vmsd("can_sja", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    mode: uint8,
    status_pel: uint8,
    interrupt_pel: uint8,
    interrupt_en: uint8,
    rxmsg_cnt: uint8,
    rxbuf_start: uint8,
    clock: uint8,
    code_mask: buffer(8),
    tx_buff: buffer(13),
    rx_buff: buffer(64),
    rx_ptr: uint32,
    rx_cnt: uint32,
    control: uint8,
    status_bas: uint8,
    interrupt_bas: uint8,
    code: uint8,
    mask: uint8,
    filter: array(struct(canFilter), 4),
  },
});

/** Kvaser's PCI card: one controller behind an S5920 bridge. */
export const kvaserPci = vmsd("kvaser_pci", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["kvaser_pci"],
  behindPath: true,
  fields: { dev: struct(pciDevice), s5920_intcsr: uint32, sja_state: struct(canSja1000) },
});

/** Advantech's MIOe-3680: two controllers. */
export const mioe3680Pci = vmsd("mioe3680_pci", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["mioe3680_pci"],
  behindPath: true,
  fields: { dev: struct(pciDevice), "sja_state[0]": struct(canSja1000), "sja_state[1]": struct(canSja1000) },
});

/** Advantech's PCM-3680I: two controllers. */
export const pcm3680iPci = vmsd("pcm3680i_pci", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["pcm3680_pci"],
  behindPath: true,
  fields: { dev: struct(pciDevice), "sja_state[0]": struct(canSja1000), "sja_state[1]": struct(canSja1000) },
});

/** A frame to be sent, as the guest wrote it. */
export const ctucanTxBuffer = vmsd("qemu_ctucan_tx_buffer", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { data: array(uint8, 80) },
});

/** A CTU CAN FD controller: its registers, buffers of frames to be sent, and its FIFO. */
export const ctucan = vmsd("ctucan", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    "mode_settings.u32": uint32,
    "status.u32": uint32,
    "int_stat.u32": uint32,
    "int_ena.u32": uint32,
    "int_mask.u32": uint32,
    "brt.u32": uint32,
    "brt_fd.u32": uint32,
    "ewl_erp_fault_state.u32": uint32,
    "rec_tec.u32": uint32,
    "err_norm_err_fd.u32": uint32,
    "ctr_pres.u32": uint32,
    "filter_a_mask.u32": uint32,
    "filter_a_val.u32": uint32,
    "filter_b_mask.u32": uint32,
    "filter_b_val.u32": uint32,
    "filter_c_mask.u32": uint32,
    "filter_c_val.u32": uint32,
    "filter_ran_low.u32": uint32,
    "filter_ran_high.u32": uint32,
    "filter_control_filter_status.u32": uint32,
    "rx_mem_info.u32": uint32,
    "rx_pointers.u32": uint32,
    "rx_status_rx_settings.u32": uint32,
    "tx_status.u32": uint32,
    "tx_priority.u32": uint32,
    "err_capt_alc.u32": uint32,
    "trv_delay_ssp_cfg.u32": uint32,
    "rx_fr_ctr.u32": uint32,
    "tx_fr_ctr.u32": uint32,
    "debug_register.u32": uint32,
    "yolo_reg.u32": uint32,
    "timestamp_low.u32": uint32,
    "timestamp_high.u32": uint32,
    tx_buffer: array(struct(ctucanTxBuffer), 4),
    rx_buff: buffer(8192),
    rx_tail_pos: uint32,
    rx_cnt: uint32,
    rx_frame_rem: uint32,
  },
});

/** Two CTU CAN FD controllers on a PCI card. */
export const ctucanPci = vmsd("ctucan_pci", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["ctucan_pci"],
  behindPath: true,
  fields: { dev: struct(pciDevice), "ctucan_state[0]": struct(ctucan), "ctucan_state[1]": struct(ctucan) },
});
