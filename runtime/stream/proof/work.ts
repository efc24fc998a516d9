import { vi } from "vitest";

/** Bytes that a piece of work copies from place to place within memory: what grows with the square where time does. */
export function bytesMoved(work: () => void): number {
  let moved = 0;
  const within = Uint8Array.prototype.copyWithin;
  const set = Uint8Array.prototype.set;
  const spies = [
    vi.spyOn(Uint8Array.prototype, "copyWithin").mockImplementation(function (this: Uint8Array, target, start, end) {
      moved += (end ?? this.length) - start;
      return within.call(this, target, start, end);
    }),
    vi.spyOn(Uint8Array.prototype, "set").mockImplementation(function (this: Uint8Array, from, offset) {
      moved += from.length;
      set.call(this, from, offset);
    }),
  ];
  try {
    work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return moved;
}
