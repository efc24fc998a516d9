import { type Clock, sleep } from "../migration/clock.ts";
import { type Blame, placeOf } from "./blame.ts";
import { type FieldAt, LoopDevices, type LoopedGuest } from "./loop-devices.ts";

export interface StateLoopOptions {
  readonly clock: Clock;
  readonly iterations: number;
  /** For how long the guest runs between two iterations, in ms; it does not wait unless said otherwise. */
  readonly periodMs?: number;
  /** Names of devices that are left out of the reset, and so lose nothing. */
  readonly noReset?: readonly string[];
  /** The first three iterations and every so many are thorough; 64 unless said otherwise. */
  readonly thoroughEvery?: number;
  readonly fieldAt?: FieldAt;
}

export interface StateLoopReport {
  readonly iterations: number;
  /** How many of them were thorough. */
  readonly thorough: number;
  readonly devices: number;
  /** Each field of a device once, as it was first seen. */
  readonly blames: readonly Blame[];
}

const THOROUGH_AT_FIRST = 3;
const THOROUGH_EVERY = 64;

/**
 * The continuous state test of QEMU's summer of code of 2014: stop, save, reset, load, continue, on one and the same load for as long as is
 * wanted. A guest that does not run is not made to. After a blame the loop goes on, the device with the state that it had.
 */
export async function runStateLoop(guest: LoopedGuest, options: StateLoopOptions): Promise<StateLoopReport> {
  const { clock, iterations, periodMs = 0, noReset = [], thoroughEvery = THOROUGH_EVERY, fieldAt } = options;
  const loop = new LoopDevices(guest, noReset, fieldAt);
  const blames = new Map<string, Blame>();
  const runs = guest.isRunning;
  let thorough = 0;
  for (let iteration = 1; iteration <= iterations; iteration++) {
    if (runs) await guest.pause();
    const isThorough = iteration <= THOROUGH_AT_FIRST || iteration % thoroughEvery === 0;
    if (isThorough) thorough++;
    // Nobody had a turn since the last iteration where the loop waited for nothing.
    const touched = iteration === 1 || runs || periodMs > 0;
    for (const found of isThorough ? loop.thorough(iteration, touched) : loop.quick(iteration, touched)) {
      const key = `${found.code} ${placeOf(found)}`;
      if (!blames.has(key)) blames.set(key, found);
    }
    if (runs) guest.resume();
    if (periodMs > 0 && iteration < iterations) await sleep(clock, periodMs);
  }
  return { iterations, thorough, devices: guest.devices.length, blames: [...blames.values()] };
}
