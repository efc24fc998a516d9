import { array, equal, int32, sent, struct, timer, uint8, uint32, vmsd } from "../../compiler/schema/index.ts";

/** A drive's mechanics. What is in the drive moves with the disk, and has no section. */
export const floppyDrive = vmsd("fdrive", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { head: uint8, track: uint8, sect: uint8 },
  subsections: {
    "fdrive/media_changed": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { media_changed: uint8 },
      needed: (s) => s.media_changed !== 1,
      absent: { media_changed: 1 },
    },
    "fdrive/media_rate": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { media_rate: uint8 },
    },
    "fdrive/perpendicular": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { perpendicular: uint8 },
      needed: (s) => s.perpendicular !== 0,
    },
  },
});

export const floppyController = vmsd("fdc", {
  versionId: 2,
  minimumVersionId: 2,
  fields: {
    sra: uint8,
    srb: uint8,
    dor_vmstate: uint8,
    tdr: uint8,
    dsr: uint8,
    msr: uint8,
    status0: uint8,
    status1: uint8,
    status2: uint8,
    fifo: array(uint8, 512),
    data_pos: uint32,
    data_len: uint32,
    data_state: uint8,
    data_dir: uint8,
    eot: uint8,
    timer0: uint8,
    timer1: uint8,
    precomp_trk: uint8,
    config: uint8,
    lock: uint8,
    pwrd: uint8,
    num_floppies: equal(uint8),
    drives: array(struct(floppyDrive), 2),
    has_phase: sent("fdc/phase"),
  },
  subsections: {
    // Results of SENSE INTERRUPT that are due after a reset, four at first.
    "fdc/reset_sensei": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { reset_sensei: int32 },
      needed: (s) => s.reset_sensei !== 0,
    },
    "fdc/result_timer": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { result_timer: timer },
      needed: (s) => s.result_timer !== -1n,
      absent: { result_timer: -1n },
    },
    // Left out where the registers tell it.
    "fdc/phase": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { phase: uint8 },
    },
  },
});

/** The floppy controller on the ISA bus. */
export const isaFdc = vmsd("fdc", {
  versionId: 2,
  minimumVersionId: 2,
  types: ["isa-fdc"],
  fields: { state: struct(floppyController) },
});
