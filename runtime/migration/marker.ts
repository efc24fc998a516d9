import { type Clock, sleep } from "./clock.ts";

export interface SecondPass {
  readonly clock: Clock;
  /** Whether the destination has the marker: bytes that were put, before the move began, into a page that the guest writes to elsewhere. */
  readonly isMarked: () => boolean | Promise<boolean>;
  /** A byte of the same page at the source, which the guest changes again and again. */
  readonly watched: () => number | Promise<number>;
  /** Ms between two looks. */
  readonly every?: number;
}

/**
 * Resolves when a second pass over the memory is certain, however fast the guest, the connection and whoever looks: the marker's page has
 * been sent, and was written to behind that. A move that is not held back may be over before; then it never resolves.
 */
export async function awaitSecondPass({ clock, isMarked, watched, every = 1 }: SecondPass): Promise<void> {
  while (!(await isMarked())) await sleep(clock, every);
  const before = await watched();
  while ((await watched()) === before) await sleep(clock, every);
}
