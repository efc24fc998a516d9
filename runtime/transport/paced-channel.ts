import type { Channel } from "./channel.ts";

/** Bytes that are written at once: at most that much of a second's worth of them is early. */
const PIECE = 1 << 14;
const SECONDS = 0.001;

/** Ms that whoever writes may be late, as when its timer was: a line has a buffer that it is fed from meanwhile. */
const LATE = 10;

export interface Pacing {
  readonly bytesPerSecond: number;
  readonly now: () => number;
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

/** A channel that takes no more bytes than that, as a line of that bandwidth would. What is read from it is not held back. */
export function pacedChannel(channel: Channel, { bytesPerSecond, now, after }: Pacing): Channel {
  const piece = Math.max(PIECE, bytesPerSecond * SECONDS);
  // When the line will have carried all that it was given.
  let free = now();
  return {
    ...channel,
    write: async (bytes) => {
      for (let at = 0; at < bytes.length; at += piece) {
        const part = bytes.subarray(at, at + piece);
        free = Math.max(free, now() - LATE) + (part.length / bytesPerSecond) * 1000;
        await channel.write(part);
        const wait = free - now();
        // A timer is late by up to a ms, and by more on a busy machine; what that costs is made up for with the next pieces.
        if (wait > 1) await new Promise<void>((resolve) => void after(wait, resolve));
      }
    },
  };
}
