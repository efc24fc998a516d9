import { array, struct, uint32, unused, vmsd } from "../../compiler/schema/index.ts";

/** Addresses of the routines that patched instructions call: for each register that a task priority is read to, one of its own. */
export const vapicHandlers = vmsd("kvmvapic-handlers", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { set_tpr: uint32, set_tpr_eax: uint32, get_tpr: array(uint32, 8), get_tpr_stack: uint32 },
});

/** The head of the option ROM as the guest has it, for one CPU (`up`) and for several (`mp`). */
export const vapicRom = vmsd("kvmvapic-guest-rom", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    // Its signature.
    unused: unused(8),
    vaddr: uint32,
    fixup_start: uint32,
    fixup_end: uint32,
    vapic_vaddr: uint32,
    vapic_size: uint32,
    vcpu_shift: uint32,
    real_tpr_addr: uint32,
    up: struct(vapicHandlers),
    mp: struct(vapicHandlers),
  },
});

/** Patches a 32-bit guest's accesses to the task priority register; there without KVM too. */
export const kvmvapic = vmsd("kvm-tpr-opt", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["kvmvapic"],
  fields: {
    rom_state: struct(vapicRom),
    // 0 inactive, 1 active, 2 standby; with a ROM's address, 0 is taken for 2.
    state: uint32,
    real_tpr_addr: uint32,
    rom_state_vaddr: uint32,
    vapic_paddr: uint32,
    rom_state_paddr: uint32,
  },
});
