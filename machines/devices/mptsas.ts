import { array, bool, int32, struct, uint8, uint16, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** Entries of a queue, and one that stays empty. */
const QUEUE = 129;

/** An LSI SAS1068 controller: the doorbell's handshake, and three queues of frames in guest memory. */
export const mptsas = vmsd("mptsas", {
  versionId: 0,
  minimumVersionId: 0,
  types: ["mptsas1068"],
  behindPath: true,
  fields: {
    dev: struct(pciDevice),
    msi_in_use: bool,
    state: uint32,
    who_init: uint8,
    doorbell_state: uint8,
    doorbell_msg: array(uint32, 256),
    doorbell_idx: int32,
    doorbell_cnt: int32,
    doorbell_reply: array(uint16, 256),
    doorbell_reply_idx: int32,
    doorbell_reply_size: int32,
    diagnostic: uint32,
    diagnostic_idx: uint8,
    intr_status: uint32,
    intr_mask: uint32,
    request_post: array(uint32, QUEUE),
    request_post_head: uint16,
    request_post_tail: uint16,
    reply_post: array(uint32, QUEUE),
    reply_post_head: uint16,
    reply_post_tail: uint16,
    reply_free: array(uint32, QUEUE),
    reply_free_head: uint16,
    reply_free_tail: uint16,
    max_buses: uint16,
    max_devices: uint16,
    reply_frame_size: uint16,
    host_mfa_high_addr: uint64,
    sense_buffer_high_addr: uint64,
  },
});
