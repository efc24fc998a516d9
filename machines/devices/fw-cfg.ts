import { named, since, uint16, uint32, uint64, vmsd } from "../../compiler/schema/index.ts";

/** Bytes of a page but one: sizes of ACPI tables that are whole pages need not be told. */
const IN_PAGE = 0xfffn;

/** The firmware's way to ask for tables and files: which of them is selected, and how far it was read. */
export const fwCfg = vmsd("fw_cfg", {
  versionId: 2,
  minimumVersionId: 1,
  types: ["fw_cfg_io"],
  properties: { dma_enabled: true, acpi_mr_restore: false },
  fields: { cur_entry: uint16, short_offset: named("cur_offset", uint16), cur_offset: since(2, uint32) },
  exists: { short_offset: (_s, _m, versionId) => versionId < 2 },
  subsections: {
    "fw_cfg/dma": {
      versionId: 0,
      minimumVersionId: 0,
      fields: { dma_addr: uint64 },
      needed: (_s, m) => m.dma_enabled,
    },
    "fw_cfg/acpi_mr": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { table_mr_size: uint64, linker_mr_size: uint64, rsdp_mr_size: uint64 },
      needed: (s, m) => m.acpi_mr_restore && ((s.table_mr_size | s.linker_mr_size | s.rsdp_mr_size) & IN_PAGE) !== 0n,
    },
  },
});
