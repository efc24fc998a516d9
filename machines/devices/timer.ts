import { int16, int64, sent, since, timer, unused, vmsd } from "../../compiler/schema/index.ts";

/** The machine's clocks. `cpu_clock_offset` is the virtual clock in ns when the VM was stopped: what every other timer's expiry is held against. */
export const clocks = vmsd("timer", {
  versionId: 2,
  minimumVersionId: 1,
  fields: {
    cpu_ticks_offset: int64,
    // The host's ticks in a second, once.
    unused: unused(8),
    cpu_clock_offset: since(2, int64),
    has_icount: sent("timer/icount"),
    has_warp_timer: sent("timer/icount/warp_timer"),
    has_timers: sent("timer/icount/timers"),
    has_shift: sent("timer/icount/shift"),
  },
  subsections: {
    // With -icount, when time is counted in instructions.
    "timer/icount": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { qemu_icount_bias: int64, qemu_icount: int64 },
    },
    // With sleep=on.
    "timer/icount/warp_timer": {
      of: "timer/icount",
      versionId: 1,
      minimumVersionId: 1,
      fields: { vm_clock_warp_start: int64, icount_warp_timer: timer },
      absent: { icount_warp_timer: -1n },
    },
    // This and the next with shift=auto, when an instruction's time is adapted to the host.
    "timer/icount/timers": {
      of: "timer/icount",
      versionId: 1,
      minimumVersionId: 1,
      fields: { icount_rt_timer: timer, icount_vm_timer: timer },
      absent: { icount_rt_timer: -1n, icount_vm_timer: -1n },
    },
    "timer/icount/shift": {
      of: "timer/icount",
      versionId: 2,
      minimumVersionId: 1,
      fields: { icount_time_shift: int16, last_delta: since(2, int64) },
    },
  },
});
