import { uint8, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";

/** The store of errors that outlives a reboot: the operation under way. The store is in a file, and of the PCI function nothing is sent. */
export const acpiErst = vmsd("acpi-erst", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["acpi-erst"],
  behindPath: true,
  fields: {
    operation: uint8,
    busy_status: uint8,
    command_status: uint8,
    record_offset: uint32,
    reg_action: uint64,
    reg_value: uint64,
    record_identifier: uint64,
    next_record_index: uint32,
  },
});
