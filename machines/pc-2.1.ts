import { machine } from "../compiler/schema/index.ts";
import { pc22 } from "./pc-2.2.ts";

/** Of QEMU 2.1. Its streams differ from those of 2.2 in what a guest finds in some devices' configuration space. */
export const pc21 = machine("pc-i440fx-2.1", {
  inherits: pc22,
  aliases: ["pc-2.1"],
  properties: {
    // hw_compat_2_1
    "intel-hda": { old_msi_addr: true },
  },
});
