import type { Context } from "./context.ts";
import { surroundings } from "./extent.ts";
import { findFooter, findNextSection, LOOK_AHEAD } from "./frame.ts";

/** How often reading begins again behind what cannot be read. Each time it may have looked to the stream's end for nothing. */
export const MOST_LOST = 16;

/**
 * Passes over a piece of what cannot be read, up to the footer of the section `id`, or to the head of the next section. True when that is
 * found, undefined at the stream's end.
 */
export function passLost(c: Context, id: number | undefined): boolean | undefined {
  const { window, sink } = c;
  if (window.peek() === undefined) return undefined;
  if (!window.isAll) window.need(2 * LOOK_AHEAD);
  const at = window.offset;
  const around = surroundings(c);
  const place = id === undefined ? findNextSection(around, window.at + 1) : findFooter(around, window.at, id);
  const known = window.isAll ? window.end : window.end - LOOK_AHEAD;
  const found = place !== undefined && place <= known ? place : undefined;
  const length = (found ?? known) - window.at;
  if (length > 0) sink.item({ item: "rest", at, bytes: length, data: window.take(length) });
  window.commit();
  return found !== undefined;
}
