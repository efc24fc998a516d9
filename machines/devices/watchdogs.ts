import { int32, struct, timer, uint32, vmsd } from "../../compiler/schema/index.ts";
import { pciDevice } from "./pci.ts";

/** Intel's watchdog on PCI. Its version is really this, of a time before descriptions. */
export const i6300esb = vmsd("i6300esb_wdt", {
  versionId: 10000,
  minimumVersionId: 1,
  types: ["i6300esb"],
  behindPath: true,
  fields: {
    dev: struct(pciDevice),
    reboot_enabled: int32,
    clock_scale: int32,
    int_type: int32,
    free_run: int32,
    locked: int32,
    enabled: int32,
    timer: timer,
    timer1_preload: uint32,
    timer2_preload: uint32,
    // 1 or 2; the guest reboots at the end of the second.
    stage: int32,
    unlock_state: int32,
    previous_reboot_flag: int32,
  },
});

/** The watchdog on the ISA bus. */
export const ib700 = vmsd("ib700_wdt", { versionId: 0, minimumVersionId: 0, types: ["ib700"], fields: { timer: timer } });
