import type { Context, Known, ReadWire } from "./context.ts";
import { readRamPiece } from "./ram.ts";

// Connections that go on with what the main one began: it has named the sections, and listed the blocks of RAM.

/** Reads pages as the ram section has them, with nothing around. From machine type 8.0 on no end is marked. FORMAT.md, post-copy. */
export function readPreempt(): ReadWire {
  let isEnded = false;
  return (c) => {
    if (isEnded || c.window.peek() === undefined) return false;
    c.window.path = "ram";
    isEnded = readRamPiece(c);
    c.window.path = "";
    return true;
  };
}

/**
 * The section that a part continues. What may go on in post-copy are `ram` and `dirty-bitmap`, and their bodies tell them apart: the first byte of a page's
 * offset is 0, and that of a chunk, its flags, never is.
 */
export function continuedSection(c: Context, id: number): Known {
  const name = (c.window.peek() ?? 0) === 0 ? "ram" : "dirty-bitmap";
  const section = { id, name, instance: 0 };
  c.sections.set(id, section);
  return section;
}
