import { ByteReader, LoadError } from "../codec/v1.ts";
import type { Device, Guest } from "../guest/guest.ts";
import { type Blame, blame } from "./blame.ts";
import { differencesOf, sameState } from "./compare-states.ts";
import { copyState } from "./copy-state.ts";
import { fieldOf, loadBack, refused } from "./load-back.ts";
import { Poison } from "./poison.ts";
import { SavedDevices } from "./saved-devices.ts";

/** A guest as far as its devices go. */
export type LoopedGuest = Pick<Guest, "devices" | "isRunning" | "pause" | "resume" | "resetDevices">;

/** What an offset of a device's body belongs to, for whoever knows the layout: only asked where states are the same and bytes are not. */
export type FieldAt = (device: Device, offset: number) => string | undefined;

/**
 * Saves, resets and loads a guest's devices, and tells what is not as it was, in states and in what is saved of them. A thorough round
 * poisons what was reset: what the load leaves alone is never the same by chance, nor because the reset left it alone too. A quick round
 * compares only what is saved where the states are those that the round before compared. The guest must be paused, and its reset give
 * devices states that nobody else holds.
 */
export class LoopDevices {
  readonly #guest: LoopedGuest;
  readonly #noReset: ReadonlySet<string>;
  readonly #fieldAt: FieldAt;
  readonly #first = new SavedDevices();
  readonly #second = new SavedDevices();
  readonly #poison = new Poison();
  /** Bodies of the round before, when nothing was held against any device: nobody else writes to them. */
  #steady: readonly ByteReader[] | undefined;
  #bytes = new Uint8Array();

  constructor(guest: LoopedGuest, noReset: readonly string[], fieldAt: FieldAt = () => undefined) {
    this.#guest = guest;
    this.#noReset = new Set(noReset);
    this.#fieldAt = fieldAt;
  }

  /** A device that is blamed has the state that it had. `touched` says whether states may have changed since the round before. */
  quick(iteration: number, touched: boolean): readonly Blame[] {
    return this.#round(iteration, touched, false);
  }

  thorough(iteration: number, touched: boolean): readonly Blame[] {
    return this.#round(iteration, touched, true);
  }

  #round(iteration: number, touched: boolean, isThorough: boolean): readonly Blame[] {
    const { devices } = this.#guest;
    const blames: Blame[] = [];
    const spoilt = new Set<number>();
    const accuse = (index: number, found: Blame): void => {
      spoilt.add(index);
      blames.push(found);
    };
    const steady = touched ? undefined : this.#steady;
    const bodies = steady ?? this.#save(iteration, accuse);
    const comparesStates = isThorough || steady === undefined;
    const before = devices.map(({ state }) => (isThorough ? copyState(state) : state));
    this.#guest.resetDevices([...this.#noReset]);
    for (let i = 0; i < devices.length; i++) {
      const device = devices[i] as Device;
      if (spoilt.has(i)) device.state = before[i];
      else {
        const reset = device.state;
        const failed = this.#load(device, bodies[i] as ByteReader, before[i], isThorough && !this.#noReset.has(device.name), iteration);
        if (failed !== undefined) accuse(i, failed);
        else if (comparesStates && !sameState(before[i], device.state)) {
          for (const lost of lostFields(device, iteration, before[i], reset)) accuse(i, lost);
          device.state = before[i];
        }
      }
    }
    this.#compareBytes(before, iteration, spoilt, accuse);
    this.#steady = blames.length === 0 ? bodies : undefined;
    return blames;
  }

  /** States may hold views of what they are loaded from, so it is not written to again. */
  #save(iteration: number, accuse: (index: number, found: Blame) => void): readonly ByteReader[] {
    const { devices } = this.#guest;
    this.#first.save(devices, (i, error) => accuse(i, unsaved(devices[i] as Device, iteration, error)));
    this.#bytes = this.#first.bytes().slice();
    return devices.map((_, i) => new ByteReader(this.#bytes.subarray(this.#first.startOf(i), this.#first.endOf(i))));
  }

  /** Into what the reset made, or into poison made of what was saved: only so is every leaf another. */
  #load(device: Device, reader: ByteReader, before: unknown, isPoisoned: boolean, iteration: number): Blame | undefined {
    const { state: reset } = device;
    for (;;) {
      const into = isPoisoned ? this.#poison.stateFor(device, before, reset) : reset;
      try {
        reader.at = 0;
        return loadBack(device, reader, into, before, iteration);
      } catch (error) {
        if (!(error instanceof LoadError)) throw error;
        reader.path.clear();
        if (isPoisoned && this.#poison.spares(device, before, error)) continue;
        device.state = before;
        return refused(device, reader.bytes, before, error, iteration);
      }
    }
  }

  /** Of devices that nothing is held against yet. */
  #compareBytes(
    before: readonly unknown[],
    iteration: number,
    spoilt: ReadonlySet<number>,
    accuse: (index: number, found: Blame) => void,
  ): void {
    const { devices } = this.#guest;
    this.#second.save(devices, (i, error) => {
      if (!spoilt.has(i)) accuse(i, unsaved(devices[i] as Device, iteration, error));
    });
    const bytes = this.#bytes;
    if (Buffer.compare(bytes, this.#second.bytes()) === 0) return;
    for (const [i, device] of devices.entries()) {
      const [a, b] = [bytes.subarray(this.#first.startOf(i), this.#first.endOf(i)), this.#second.bodyOf(i)];
      if (spoilt.has(i) || Buffer.compare(a, b) === 0) continue;
      const lost = lostFields(device, iteration, before[i], undefined);
      device.state = before[i];
      for (const each of lost) accuse(i, each);
      if (lost.length === 0) accuse(i, this.#unsteady(device, iteration, a, b));
    }
  }

  #unsteady(device: Device, iteration: number, a: Uint8Array, b: Uint8Array): Blame {
    let at = 0;
    while (a[at] === b[at] && at < a.length) at++;
    const field = this.#fieldAt(device, at) ?? "";
    const facts = { field, before: a[at] ?? null, after: b[at] ?? null };
    return blame("unsteady", device, iteration, facts, `The same state is saved as other bytes the second time, from offset ${at} on.`);
  }
}

function unsaved(device: Device, iteration: number, error: { readonly path: string; readonly message: string }): Blame {
  return blame("unsaved", device, iteration, { field: fieldOf(error, device.codec) }, `The state cannot be saved: ${error.message}`);
}

/** `reset` is what the reset made of the state, where that is known. */
function lostFields(device: Device, iteration: number, before: unknown, reset: unknown): readonly Blame[] {
  const byReset = reset === undefined ? undefined : new Set(differencesOf(before, reset).map(({ path }) => wholeOf(path)));
  return differencesOf(before, device.state).map(({ path, from, to }) => {
    const hiddenByReset = byReset !== undefined && !byReset.has(wholeOf(path));
    const message = `'${path}' is ${JSON.stringify(to)} after the load; it was ${JSON.stringify(from)}.`;
    return blame("lost", device, iteration, { field: path, before: from, after: to, hiddenByReset }, message);
  });
}

/** A field of bytes without which of them. */
function wholeOf(path: string): string {
  return path.replace(/\[\d+(\.\.\d+)?\]$/, "");
}
