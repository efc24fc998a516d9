import { since, struct, timer, uint8, uint64, varray, vmsd } from "../../compiler/schema/index.ts";

const MOST_TIMERS = 32;
const ENABLED = 1n;

export const hpetTimer = vmsd("hpet_timer", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    tn: uint8,
    config: uint64,
    cmp: uint64,
    fsb: uint64,
    period: uint64,
    wrap_flag: uint8,
    qemu_timer: timer,
  },
});

/** The high precision event timers. While they run, `hpet_counter` is the count at the stop. */
export const hpet = vmsd("hpet", {
  versionId: 2,
  minimumVersionId: 1,
  types: ["hpet"],
  properties: { hpet_offset_saved: true },
  fields: {
    config: uint64,
    isr: uint64,
    hpet_counter: uint64,
    num_timers_save: since(2, uint8),
    timer: varray(struct(hpetTimer), "num_timers_save", { max: MOST_TIMERS }),
  },
  absent: { num_timers_save: 3 },
  validate: { num_timers_save: (s) => s.num_timers_save >= 1 && s.num_timers_save <= MOST_TIMERS },
  formerly: { num_timers_save: "num_timers" },
  subsections: {
    "hpet/rtc_irq_level": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { rtc_irq_level: uint8 },
      needed: (s) => s.rtc_irq_level !== 0,
    },
    // Between the virtual clock and the counter; without it a load computes one from `hpet_counter`.
    "hpet/offset": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { hpet_offset: uint64 },
      needed: (s, m) => m.hpet_offset_saved && (s.config & ENABLED) !== 0n,
    },
  },
});
