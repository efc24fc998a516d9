import type { ByteReader, ByteWriter } from "../../codec/v1.ts";
import type { Device } from "../../guest/guest.ts";
import { copyState } from "../copy-state.ts";
import { forgetfulDevice } from "../forgetful-device.ts";
import { at, put, type Steps } from "../steps.ts";

/** A fault that a working codec is given. */
export type PlantedFault =
  /** What is at the steps is on the wire, and not taken from it. */
  | { readonly kind: "forgotten"; readonly steps: Steps }
  /** It is saved as 0. */
  | { readonly kind: "zeroed"; readonly steps: Steps }
  /** The last of the subsections that the device sends is not sent, from that offset on. */
  | { readonly kind: "needed"; readonly from: number }
  /** What the device keeps beside its fields is not made again. */
  | { readonly kind: "post-load" }
  /** The device says a version of itself that its load does not know. */
  | { readonly kind: "version" };

/** What a device with a post-load keeps beside its fields. */
export const DERIVED = "irq_level";

export function faultyDevice(device: Device, fault: PlantedFault): Device {
  const { codec } = device;
  const { save } = codec;
  switch (fault.kind) {
    case "forgotten":
      return forgetfulDevice(device, fault.steps);
    case "zeroed":
      return withCodec(device, { save: (s, w, m) => save(zeroed(s, fault.steps), w, m) });
    case "needed":
      return withCodec(device, {
        save: (s, w: ByteWriter, m) => {
          const start = w.at;
          save(s, w, m);
          w.at = Math.min(w.at, start + fault.from);
        },
      });
    case "post-load": {
      const state = device.state as Record<string, unknown>;
      return { ...device, state: { ...state, [DERIVED]: 1 } };
    }
    case "version":
      return withCodec(device, { versionId: codec.versionId + 1 });
  }
}

/** The same with what it keeps beside its fields made again by each load: nothing is to blame. */
export function derivingDevice(device: Device): Device {
  const { loadInto } = device.codec;
  const deriving = withCodec(device, {
    loadInto: (s, r: ByteReader, versionId, m) => {
      loadInto(s, r, versionId, m);
      (s as Record<string, unknown>)[DERIVED] = 1;
    },
  });
  return { ...deriving, state: { ...(device.state as object), [DERIVED]: 1 } };
}

export function zeroed(state: unknown, steps: Steps): unknown {
  const other = copyState(state);
  const value = at(other, steps);
  put(other, steps, typeof value === "bigint" ? 0n : typeof value === "boolean" ? false : 0);
  return other;
}

/** Every number, byte and truth value of a state; of what is long only some. */
export function leavesOf(value: unknown, from: Steps = []): Steps[] {
  if (typeof value !== "object") return value === undefined ? [] : [from];
  if (value === null) return [];
  if (value instanceof Uint8Array || Array.isArray(value)) {
    const stride = Math.max(1, Math.ceil(value.length / 16));
    return Array.from({ length: value.length }, (_, i) => i).flatMap((i) => (i % stride === 0 ? leavesOf(value[i], [...from, i]) : []));
  }
  return Object.entries(value).flatMap(([key, each]) => leavesOf(each, [...from, key]));
}

/** As a blame has it. */
export function pathOf(steps: Steps): string {
  return steps.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join("");
}

function withCodec(device: Device, codec: Partial<Device["codec"]>): Device {
  return { ...device, codec: { ...device.codec, ...codec } };
}
