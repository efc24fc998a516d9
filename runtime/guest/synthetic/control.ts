// Words of 32 bits that the guest shares with its threads. `GO` says what they do, and each change of what is asked of them moves `WAKE` on,
// which they sleep on.

export const GO = 0;
export const WAKE = 1;
/** Threads that stand still. */
export const PARKED = 2;
/** Per cent of its time that each writer loses. */
export const THROTTLE = 3;
/** Sleeps of so many ms, and how far apart at least; 0 for none. */
export const SLEEP = 4;
export const SLEEP_EVERY = 5;
/** Pages that may become dirty in a second; `NO_LIMIT` for any number. */
export const LIMIT = 6;
export const NO_LIMIT = -1;
/** How many may right now; on a cache line of its own, as all writers take from it. */
export const TOKENS = 32;
const WORDS = 48;

// Bits of GO. A thread goes on while it runs, and nothing else.
export const RUN = 1;
export const STALL = 2;
export const STOP = 4;

export function createControl(): Int32Array<SharedArrayBuffer> {
  const control = new Int32Array(new SharedArrayBuffer(4 * WORDS));
  control[LIMIT] = NO_LIMIT;
  return control;
}

export function wake(control: Int32Array): void {
  Atomics.add(control, WAKE, 1);
  Atomics.notify(control, WAKE);
}

/**
 * Stands still for as long as is asked for; false when it is to end. A thread that leaves looks once more behind its leaving, so that nobody
 * who asks for a stop and counts then misses it.
 */
export function stand(control: Int32Array): boolean {
  let isParked = false;
  for (;;) {
    const seen = Atomics.load(control, WAKE);
    const go = Atomics.load(control, GO);
    if ((go & STOP) !== 0) return false;
    if (go === RUN) {
      if (!isParked) return true;
      isParked = false;
      Atomics.sub(control, PARKED, 1);
      continue;
    }
    if (!isParked) {
      isParked = true;
      Atomics.add(control, PARKED, 1);
      Atomics.notify(control, PARKED);
    }
    Atomics.wait(control, WAKE, seen);
  }
}
