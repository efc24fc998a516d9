import type { Device } from "../guest/guest.ts";
import { at, put, type Steps } from "./steps.ts";

/** The device with a load that leaves something as it is, although it is on the wire: a fault to see found. */
export function forgetfulDevice(device: Device, steps: Steps): Device {
  const { codec } = device;
  const loadInto: typeof codec.loadInto = (s, r, versionId, m) => {
    const kept = at(s, steps);
    codec.loadInto(s, r, versionId, m);
    put(s, steps, kept);
  };
  return { ...device, codec: { ...codec, loadInto } };
}
