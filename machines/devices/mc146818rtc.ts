import { buffer, int64, named, since, timer, uint8, uint16, uint32, uint64, unused, vmsd } from "../../compiler/schema/index.ts";

/** The real-time clock with its battery-backed memory, whose first ten bytes are the time in the guest's own form. */
export const mc146818rtc = vmsd("mc146818rtc", {
  versionId: 3,
  minimumVersionId: 1,
  types: ["mc146818rtc"],
  fields: {
    cmos_data: buffer(128),
    cmos_index: uint8,
    // Once the time in its parts, and below the timers that counted its seconds.
    unused: unused(28),
    periodic_timer: timer,
    next_periodic_time: int64,
    unused_timers: named("unused", unused(24)),
    irq_coalesced: since(2, uint32),
    period: since(2, uint32),
    // In seconds since 1970, at the moment that `last_update` gives in ns.
    base_rtc: since(3, uint64),
    last_update: since(3, uint64),
    offset: since(3, int64),
    update_timer: since(3, timer),
    next_alarm_time: since(3, uint64),
  },
  absent: { update_timer: -1n },
  subsections: {
    // Interrupts that the guest missed and is to get when it acknowledges this one.
    "mc146818rtc/irq_reinject_on_ack_count": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { irq_reinject_on_ack_count: uint16 },
      needed: (s) => s.irq_reinject_on_ack_count !== 0,
    },
  },
});
