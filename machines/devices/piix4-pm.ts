import { array, bool, int64, sent, struct, timer, uint8, uint16, uint32, varray, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** Buses whose slots ACPI can plug. */
const BUSES = 256;
const MOST_SLOTS = 256;
const MOST_CPUS = 255;

export const apm = vmsd("APM State", { versionId: 1, minimumVersionId: 1, fields: { apmc: uint8, apms: uint8 } });

/** The first two of the four bytes that each register has. */
export const gpe = vmsd("gpe", { versionId: 1, minimumVersionId: 1, fields: { sts: uint16, en: uint16 } });

export const pmSmbus = vmsd("pmsmb", {
  versionId: 1,
  minimumVersionId: 1,
  fields: {
    smb_stat: uint8,
    smb_ctl: uint8,
    smb_cmd: uint8,
    smb_addr: uint8,
    smb_data0: uint8,
    smb_data1: uint8,
    smb_index: uint32,
    smb_data: array(uint8, 32),
    smb_auxctl: uint8,
    smb_blkdata: uint8,
    i2c_enable: bool,
    op_done: bool,
    in_i2c_block_read: bool,
    start_transaction_on_status_read: bool,
  },
});

/** A bit for each slot of the one bus that machine types up to 1.7 plug. */
export const pciStatus = vmsd("pci_status", { versionId: 1, minimumVersionId: 1, fields: { up: uint32, down: uint32 } });

export const pciHotplugStatus = vmsd("acpi_pcihp_pci_status", { versionId: 1, minimumVersionId: 1, fields: { up: uint32, down: uint32 } });

export const memoryHotplugDevice = vmsd("memory hotplug device state", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { is_enabled: bool, is_inserting: bool, ost_event: uint32, ost_status: uint32 },
});

/** Memory that can be plugged: as many slots as `-m slots=` says, which only the destination's command line tells. */
export const memoryHotplug = vmsd("memory hotplug state", {
  versionId: 1,
  minimumVersionId: 1,
  properties: { ram_slots: 0 },
  configured: { ram_slots: { from: 0, to: MOST_SLOTS } },
  fields: { selector: uint32, devs: varray(struct(memoryHotplugDevice), (_s, m) => m.ram_slots, { max: MOST_SLOTS }) },
});

export const cpuHotplugDevice = vmsd("CPU hotplug device state", {
  versionId: 1,
  minimumVersionId: 1,
  fields: { is_inserting: bool, is_removing: bool, ost_event: uint32, ost_status: uint32 },
});

/** CPUs that can be plugged: as many as `-smp maxcpus=` says, which only the destination's command line tells. */
export const cpuHotplug = vmsd("CPU hotplug state", {
  versionId: 1,
  minimumVersionId: 1,
  properties: { cpus: 1 },
  configured: { cpus: { from: 1, to: MOST_CPUS } },
  fields: { selector: uint32, command: uint8, devs: varray(struct(cpuHotplugDevice), (_s, m) => m.cpus, { max: MOST_CPUS }) },
});

/** Power management: sleep, the ACPI timer, and what tells a guest of PCI, memory and CPUs that were plugged. */
export const piix4Pm = vmsd("piix4_pm", {
  versionId: 3,
  minimumVersionId: 3,
  types: ["PIIX4_PM"],
  behindPath: true,
  properties: { acpi_hotplug_bridge: true, acpi_index: false, memory_hotplug_support: true, smb_migrate: false },
  configured: { acpi_hotplug_bridge: [true, false] },
  fields: {
    parent_obj: struct(pciDevice),
    "ar.pm1.evt.sts": uint16,
    "ar.pm1.evt.en": uint16,
    "ar.pm1.cnt.cnt": uint16,
    apm: struct(apm),
    smb: struct(pmSmbus),
    "ar.tmr.timer": timer,
    // In ticks of the timer, 3.579545 MHz.
    "ar.tmr.overflow_time": int64,
    "ar.gpe": struct(gpe),
    "acpi_pci_hotplug.acpi_pcihp_pci_status[0x0]": struct(pciStatus),
    "acpi_pci_hotplug.hotplug_select": uint32,
    "acpi_pci_hotplug.acpi_pcihp_pci_status": array(struct(pciHotplugStatus), BUSES),
    "acpi_pci_hotplug.acpi_index": uint32,
    has_cpuhp: sent("piix4_pm/cpuhp"),
  },
  exists: {
    smb: (_s, m) => m.smb_migrate,
    "acpi_pci_hotplug.acpi_pcihp_pci_status[0x0]": (_s, m) => !m.acpi_hotplug_bridge,
    "acpi_pci_hotplug.hotplug_select": (_s, m) => m.acpi_hotplug_bridge,
    "acpi_pci_hotplug.acpi_pcihp_pci_status": (_s, m) => m.acpi_hotplug_bridge,
    "acpi_pci_hotplug.acpi_index": (_s, m) => m.acpi_hotplug_bridge && m.acpi_index,
  },
  subsections: {
    "piix4_pm/memhp": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { acpi_memory_hotplug: struct(memoryHotplug) },
      needed: (_s, m) => m.memory_hotplug_support,
    },
    // Only once the guest has left the older interface of CPU hotplug, which no field tells.
    "piix4_pm/cpuhp": {
      versionId: 1,
      minimumVersionId: 1,
      fields: { cpuhp_state: struct(cpuHotplug) },
    },
  },
});
