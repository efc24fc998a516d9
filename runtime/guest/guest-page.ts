import { PAGE_SIZE } from "./page-pattern.ts";

// The first page of the main block is the guest's own account, in words of 64 bits: it moves with the rest of RAM, so that the guest knows at
// the destination how long it stood still, and goes on with what it did.

/** CLOCK_MONOTONIC of the last tick, in ns. */
export const LAST_TICK = 0;
/** Longest time between two ticks, in ns, and when that began. */
export const LONGEST_GAP = 1;
export const GAP_BEGAN = 2;
/** What each writer has done, one behind the other. */
const WORK = 8;

export const MOST_WRITERS = 8;

export function guestPage(ram: ArrayBufferLike): BigInt64Array {
  return new BigInt64Array(ram, 0, PAGE_SIZE / 8);
}

export function tick(page: BigInt64Array, now: bigint): void {
  const last = Atomics.load(page, LAST_TICK);
  if (last !== 0n && now - last > Atomics.load(page, LONGEST_GAP)) {
    Atomics.store(page, LONGEST_GAP, now - last);
    Atomics.store(page, GAP_BEGAN, last);
  }
  Atomics.store(page, LAST_TICK, now);
}

export function workOf(page: BigInt64Array, writer: number): number {
  return Number(Atomics.load(page, WORK + writer));
}

export function setWork(page: BigInt64Array, writer: number, work: number): void {
  Atomics.store(page, WORK + writer, BigInt(work));
}

export function allWork(page: BigInt64Array): bigint {
  let sum = 0n;
  for (let writer = 0; writer < MOST_WRITERS; writer++) sum += Atomics.load(page, WORK + writer);
  return sum;
}
