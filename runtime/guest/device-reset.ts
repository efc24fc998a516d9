import type { Device, Guest } from "./guest.ts";
import { loadState, savedState } from "./saved-state.ts";

/** Puts devices back into the states that they have now. */
export function deviceReset(devices: readonly Device[]): Guest["resetDevices"] {
  const first = devices.map((device) => savedState(device));
  return (except = []) => {
    for (const [i, device] of devices.entries()) if (!except.includes(device.name)) loadState(device, (first[i] as Uint8Array).slice());
  };
}
