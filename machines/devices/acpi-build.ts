import { uint8, vmsd } from "../../compiler/schema/index.ts";

/** Whether the guest has read the ACPI tables; from then on they are not built anew. */
export const acpiBuild = vmsd("acpi_build", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { patched: uint8 },
});
