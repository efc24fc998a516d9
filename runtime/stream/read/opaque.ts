import type { Context } from "./context.ts";
import { failUnframed, surroundings } from "./extent.ts";
import { findFooter, findNextSection, LOOK_AHEAD } from "./frame.ts";

/** Reads a piece of a part whose format is not known; true when its end was seen. */
export function readOpaque(c: Context, id: number): boolean {
  const { window, sink } = c;
  const at = window.offset;
  if (!window.isAll) window.need(2 * LOOK_AHEAD);
  const around = surroundings(c);
  const found = c.footers === false ? findNextSection(around, window.at) : findFooter(around, window.at, id);
  if (found === undefined && window.isAll) failUnframed(c, at);
  const length = found === undefined ? window.left - LOOK_AHEAD : found - window.at;
  const data = window.take(length);
  if (length > 0) sink.item({ item: "opaque", at, bytes: length, data });
  window.commit();
  return found !== undefined;
}
