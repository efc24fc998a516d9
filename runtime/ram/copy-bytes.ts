/**
 * Copies bytes between memory that threads share and any other; the two must not overlap. `set` of a typed array goes byte by byte there
 * unless both places lie alike in their words, which pages in a stream do not: that takes four times as long. `fill` moves them as they are.
 */
export function copyBytes(into: Uint8Array, at: number, from: Uint8Array): void {
  // Filling with nothing fills with zeros, or fails.
  if (from.length > 0) FILL.call(into, from, at, at + from.length);
}

const FILL: (this: Uint8Array, value: Uint8Array, start: number, end: number) => unknown = Buffer.prototype.fill;
