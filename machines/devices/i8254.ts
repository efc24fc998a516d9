import { array, int32, int64, since, struct, uint8, uint16, uint32, vmsd } from "../../compiler/schema/index.ts";

export const pitChannel = vmsd("pit channel", {
  versionId: 2,
  minimumVersionId: 2,
  fields: {
    // Up to 0x10000, which a guest writes as 0.
    count: int32,
    latched_count: uint16,
    count_latched: uint8,
    status_latched: uint8,
    status: uint8,
    read_state: uint8,
    write_state: uint8,
    write_latch: uint8,
    rw_mode: uint8,
    mode: uint8,
    bcd: uint8,
    gate: uint8,
    count_load_time: int64,
    next_transition_time: int64,
  },
});

/** The interval timer, in QEMU or in the kernel. Times are ns of the virtual clock, -1 for never. */
export const i8254 = vmsd("i8254", {
  versionId: 3,
  minimumVersionId: 2,
  types: ["isa-pit", "kvm-pit"],
  fields: {
    // Set while the HPET has taken over the timer's interrupt.
    "channels[0].irq_disabled": since(3, uint32),
    channels: array(struct(pitChannel), 3),
    "channels[0].next_transition_time": int64,
  },
});
