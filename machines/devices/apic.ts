import { array, int32, int64, uint8, uint32, vmsd } from "../../compiler/schema/index.ts";

/** Registers of a bit for each vector. */
const VECTOR_WORDS = 8;
/** Timer, thermal, performance counters, LINT0, LINT1, error. */
const LOCAL_VECTORS = 6;

/** A CPU's local interrupt controller. Instances are numbered by CPU up to machine type 2.6, from 2.7 on by initial APIC id. */
export const apic = vmsd("apic", {
  versionId: 3,
  minimumVersionId: 3,
  fields: {
    apicbase: uint32,
    id: uint8,
    arb_id: uint8,
    tpr: uint8,
    spurious_vec: uint32,
    log_dest: uint8,
    dest_mode: uint8,
    isr: array(uint32, VECTOR_WORDS),
    tmr: array(uint32, VECTOR_WORDS),
    irr: array(uint32, VECTOR_WORDS),
    lvt: array(uint32, LOCAL_VECTORS),
    esr: uint32,
    icr: array(uint32, 2),
    divide_conf: uint32,
    count_shift: int32,
    initial_count: uint32,
    initial_count_load_time: int64,
    next_time: int64,
    // On the virtual clock; -1 when the timer is off.
    timer_expiry: int64,
  },
  subsections: {
    // A processor that was not started yet. The name lacks the slash that others have.
    apic_sipi: {
      versionId: 1,
      minimumVersionId: 1,
      fields: { sipi_vector: int32, wait_for_sipi: int32 },
      needed: (s) => s.wait_for_sipi !== 0,
    },
  },
});
