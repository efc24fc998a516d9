import { ByteReader, ByteWriter } from "../codec/v1.ts";
import type { Device } from "./guest.ts";

/** The body of a device's section, as a copy. Throws SaveError. */
export function savedState({ codec, properties, state }: Device): Uint8Array {
  const writer = new ByteWriter();
  codec.save(state, writer, properties);
  return writer.written().slice();
}

/** Gives a device the state of a section's body, which the state may hold views of. Throws LoadError. */
export function loadState(device: Device, body: Uint8Array, versionId = device.codec.versionId): void {
  device.state = device.codec.load(new ByteReader(body), versionId, device.properties);
}

/** Devices that only one of two guests has, or whose states are saved as different bytes: `i8259#1`. */
export function differingDevices(a: readonly Device[], b: readonly Device[]): readonly string[] {
  const bodies = (devices: readonly Device[]): Map<string, Buffer> =>
    new Map(devices.map((device) => [`${device.name}#${device.instance}`, Buffer.from(savedState(device))]));
  const [of, others] = [bodies(a), bodies(b)];
  const names = new Set([...of.keys(), ...others.keys()]);
  return [...names].filter((name) => {
    const [one, other] = [of.get(name), others.get(name)];
    return one === undefined || other === undefined || !one.equals(other);
  });
}
