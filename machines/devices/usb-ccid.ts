import { array, buffer, struct, uint8, uint32, uint64, unused, vmsd } from "../../compiler/schema/index.ts";

/** The USB device under the reader, in a layout of the reader alone. */
export const ccidUsbDevice = vmsd("usb_device", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { addr: uint8, setup_buf: buffer(8), data_buf: buffer(4096) },
});

/** An answer on its way to the guest. */
export const ccidBulkIn = vmsd("CCID BulkIn state", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { data: buffer(384), len: uint32, pos: uint32 },
});

/** A command that the card has not answered. */
export const ccidAnswer = vmsd("CCID Answer state", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { slot: uint8, seq: uint8 },
});

/** A smart card reader. */
export const usbCcid = vmsd("usb-ccid", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["usb-ccid"],
  behindPath: true,
  fields: {
    dev: struct(ccidUsbDevice),
    debug: uint8,
    bulk_out_data: buffer(65536),
    bulk_out_pos: uint32,
    bmSlotICCState: uint8,
    powered: uint8,
    notify_slot_change: uint8,
    last_answer_error: uint64,
    bError: uint8,
    bmCommandStatus: uint8,
    bProtocolNum: uint8,
    "abProtocolDataStructure.data": buffer(7),
    ulProtocolDataStructureSize: uint32,
    bulk_in_pending: array(struct(ccidBulkIn), 8),
    bulk_in_pending_start: uint32,
    bulk_in_pending_end: uint32,
    pending_answers: array(struct(ccidAnswer), 128),
    pending_answers_num: uint32,
    unused: unused(1),
    state_vmstate: uint32,
  },
});

/** A smart card that is in another program, at the other end of a character device. */
export const ccidCardPassthru = vmsd("ccid-card-passthru", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["ccid-card-passthru"],
  fields: { vscard_in_data: buffer(65536), vscard_in_pos: uint32, vscard_in_hdr: uint32, atr: buffer(40), atr_length: uint8 },
});
