import type { Codec } from "../../codec/v1.ts";
import type { Device } from "../../guest/guest.ts";
import { copyState } from "../copy-state.ts";
import type { LoopedGuest } from "../loop-devices.ts";
import { derive, type SyntheticDevice, type SyntheticField, type SyntheticState } from "./synthetic-codec.ts";

/** From 0 to below 1. */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = (seed * 0x9e3779b9) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of two to nine fields, and of one to three that a subsection has. */
export function randomDevice(name: string, random: Random): SyntheticDevice {
  const fields = (prefix: string, count: number): SyntheticField[] =>
    Array.from({ length: count }, (_, i) => ({ name: `${prefix}${i}`, size: [1, 2, 4, 8, 16][Math.floor(random() * 5)] as number }));
  return {
    name,
    fields: fields("reg", 2 + Math.floor(random() * 8)),
    subsection: fields("late", 1 + Math.floor(random() * 3)),
    derived: "level",
  };
}

/**
 * A device at work. No byte is 0, nor what marks a subsection, nor one of those around it: what a field that is left out moves up is never the
 * same by chance.
 */
export function busyState(device: SyntheticDevice, random: Random): SyntheticState {
  let last = Math.floor(random() * 240);
  const byte = (): number => {
    last = (last + 1) % 240;
    return last + 16;
  };
  const state: SyntheticState = {};
  for (const { name, size } of [...device.fields, ...device.subsection]) {
    const bytes = Buffer.from(Array.from({ length: size }, byte));
    state[name] = size > 8 ? new Uint8Array(bytes) : size === 8 ? bytes.readBigUInt64BE() : bytes.readUIntBE(0, size);
  }
  state[device.derived] = derive(device, state);
  return state;
}

export function deviceOf(codec: Codec<SyntheticState>, state: SyntheticState, instance = 0): Device {
  return { name: codec.name, instance, sectionId: instance, codec, properties: {}, state };
}

/**
 * A guest of devices alone. `work` is what it does to them while it runs; its reset puts back the states that it was made with, but for
 * `leaves`: device and field that the reset forgets.
 */
export function guestOf(
  devices: readonly Device[],
  work: () => void = () => {},
  leaves?: { readonly device: Device; readonly keep: (from: unknown, to: unknown) => void },
): LoopedGuest {
  const first = devices.map(({ state }) => copyState(state));
  let isRunning = true;
  return {
    devices,
    get isRunning() {
      return isRunning;
    },
    pause: async () => {
      isRunning = false;
    },
    resume: () => {
      isRunning = true;
      work();
    },
    resetDevices: (except = []) => {
      for (const [i, device] of devices.entries()) {
        if (except.includes(device.name)) continue;
        const state = copyState(first[i]);
        if (leaves?.device === device) leaves.keep(device.state, state);
        device.state = state;
      }
    },
  };
}
