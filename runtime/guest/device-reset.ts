import { ByteReader } from "../codec/v1.ts";
import type { Device, Guest } from "./guest.ts";
import { savedState } from "./saved-state.ts";

/**
 * Puts devices back into the states that they have now, each time as new ones: whoever loads into them next shall find nothing that a load
 * left there before.
 */
export function deviceReset(devices: readonly Device[]): Guest["resetDevices"] {
  const bodies = devices.map((device) => savedState(device));
  const all = Buffer.concat(bodies);
  return (except = []) => {
    // States may hold views of what they are loaded from.
    const reader = new ByteReader(new Uint8Array(all));
    let at = 0;
    for (let i = 0; i < devices.length; i++) {
      const device = devices[i] as Device;
      const end = at + (bodies[i] as Uint8Array).length;
      const { codec, properties } = device;
      if (!except.includes(device.name)) {
        reader.at = at;
        reader.end = end;
        device.state = codec.load(reader, codec.versionId, properties);
      }
      at = end;
    }
  };
}
