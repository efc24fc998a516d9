import { machine } from "../compiler/schema/index.ts";
import { pc212 } from "./pc-2.12.ts";

/** Of QEMU 2.2. Nothing in its streams says what it is, where a section ends, or what is in it. */
export const pc22 = machine("pc-i440fx-2.2", {
  inherits: pc212,
  aliases: ["pc-2.2"],
  container: { configuration: false, footers: false, description: false },
  // QEMU 10.0 has dropped it.
  profiles: { "5.2": {}, "7.2": {} },
  properties: {
    // hw_compat_2_3
    globalstate: { store_global_state: false },
    // hw_compat_2_4
    fw_cfg: { dma_enabled: false },
    // hw_compat_2_5, and what the machine type of 2.5 itself is otherwise
    pvscsi: { express: false, x_old_pci_configuration: true },
    vmxnet3: { express: false, x_old_msi_offsets: true },
    // hw_compat_2_4, hw_compat_2_11
    e1000: { extra_mac_registers: false, migrate_tso_props: false },
    // hw_compat_2_4, hw_compat_2_6
    "virtio-net": { disable_modern: true, migrate_extra: false },
    "virtio-blk": { disable_modern: true, migrate_extra: false },
    "virtio-scsi": { disable_modern: true, migrate_extra: false },
    "virtio-console": { disable_modern: true, migrate_extra: false },
    "virtio-balloon": { disable_modern: true, migrate_extra: false },
    "virtio-rng": { disable_modern: true, migrate_extra: false },
    "virtio-9p": { disable_modern: true, migrate_extra: false },
    "virtio-input": { migrate_extra: false },
    // hw_compat_2_9
    "pcie-root-port": { x_migrate_msix: false },
    // pc_compat_2_7
    pcspk: { migrate: false },
    cpu: { save_tsc_khz: false, migrate_smi_count: false },
    kvmclock: { mach_use_reliable_get_clock: false },
    // hw_compat_2_11
    hpet: { hpet_offset_saved: false },
  },
});
