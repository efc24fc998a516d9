import type { LoadError } from "../codec/v1.ts";
import type { Device } from "../guest/guest.ts";
import { copyState, poisonedCopy } from "./copy-state.ts";
import { fieldOf } from "./load-back.ts";
import { at, put, type Steps, stepsOf } from "./steps.ts";

/**
 * States to load into in which nothing is what it was, but for fields that a load compares with the machine's own: such a field is found by
 * the refusal that its poison brings about, and is what the reset made of it from then on.
 */
export class Poison {
  readonly #own = new Map<Device, Map<string, Steps>>();

  stateFor(device: Device, before: unknown, reset: unknown): unknown {
    const state = poisonedCopy(before);
    const own = this.#own.get(device);
    if (own !== undefined) for (const steps of own.values()) put(state, steps, copyState(at(reset, steps)));
    return state;
  }

  /** Whether the refusal may be that of a poisoned field, which is then left as it is. */
  spares(device: Device, before: unknown, error: LoadError): boolean {
    if (error.code !== "not-equal") return false;
    const path = fieldOf(error, device.codec);
    const steps = stepsOf(before, path);
    const own = this.#own.get(device) ?? new Map<string, Steps>();
    this.#own.set(device, own);
    if (steps === undefined || own.has(path)) return false;
    own.set(path, steps);
    return true;
  }
}
