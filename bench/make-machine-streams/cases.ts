import { BOARDS } from "./boards.ts";
import { CONFIGURATION } from "./configuration.ts";
import { DISPLAY_AND_SOUND } from "./display-and-sound.ts";
import type { MachineCase } from "./machine-case.ts";
import { NETWORK } from "./network.ts";
import { PROCESSORS } from "./processors.ts";
import { randomCases } from "./random-cases.ts";
import { STORAGE } from "./storage.ts";
import { USB } from "./usb.ts";
import { VIRTIO } from "./virtio.ts";

/** All of them; the seed is for those by chance. */
export function casesOf(seed: number): readonly MachineCase[] {
  return [
    ...CONFIGURATION,
    ...PROCESSORS,
    ...NETWORK,
    ...VIRTIO,
    ...STORAGE,
    ...USB,
    ...DISPLAY_AND_SOUND,
    ...BOARDS,
    ...randomCases(seed),
  ];
}
