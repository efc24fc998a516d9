import type { Io } from "../command.ts";

const EVERY_MS = 200;
const MIB = 1 << 20;

export interface Progress {
  readonly at: (bytes: number) => void;
  readonly end: () => void;
}

/** How far long work is, on a terminal; a pipe gets nothing, and short work neither. */
export function progressOf(io: Io, total: number | undefined): Progress {
  let shown = false;
  let last = performance.now();
  return {
    at: (bytes) => {
      if (!io.showsProgress || performance.now() - last < EVERY_MS) return;
      last = performance.now();
      shown = true;
      io.err(`\r${Math.floor(bytes / MIB)} MiB${total === undefined ? "" : ` of ${Math.floor(total / MIB)}`}`);
    },
    end: () => {
      if (shown) io.err("\r\x1b[K");
    },
  };
}
