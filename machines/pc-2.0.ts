import { machine } from "../compiler/schema/index.ts";
import { pc21 } from "./pc-2.1.ts";

/** Of QEMU 2.0, in which memory could not be plugged. */
export const pc20 = machine("pc-i440fx-2.0", {
  inherits: pc21,
  aliases: ["pc-2.0"],
  properties: {
    // pc_compat_2_0
    piix4_pm: { memory_hotplug_support: false },
    "pci-serial": { prog_if: 0 },
  },
});
