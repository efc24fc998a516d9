import { uint8, vmsd } from "../../compiler/schema/index.ts";

/** One of the two legacy interrupt controllers, in QEMU or in the kernel: instance 0 is the master, 1 the slave. */
export const i8259 = vmsd("i8259", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["isa-i8259", "kvm-i8259"],
  fields: {
    last_irr: uint8,
    irr: uint8,
    imr: uint8,
    isr: uint8,
    priority_add: uint8,
    irq_base: uint8,
    read_reg_select: uint8,
    poll: uint8,
    special_mask: uint8,
    init_state: uint8,
    auto_eoi: uint8,
    rotate_on_auto_eoi: uint8,
    special_fully_nested_mode: uint8,
    init4: uint8,
    single_mode: uint8,
    elcr: uint8,
  },
  subsections: {
    // All lines are level-triggered, which older builds do not model.
    "i8259/ltim": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { ltim: uint8 },
      needed: (s) => s.ltim !== 0,
    },
  },
});
