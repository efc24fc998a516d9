import { RAM } from "../format.ts";
import type { Context } from "./context.ts";

const HEAD = 8;
const FLAGS = RAM.page | RAM.sameBlock;

/**
 * Passes over the pages that follow the one that was just read, each the next of its block and whole in the window, and tells them at once.
 * Most of a stream is such pages, and many sinks do the same for each.
 */
export function readSeries(c: Context): void {
  const { window, ram, pageSize, sink } = c;
  const { record, current } = ram;
  if (sink.pages === undefined || current === undefined) return;
  const step = HEAD + pageSize;
  const first = record.offset + pageSize;
  const low = first % 2 ** 32;
  // Pages of the block that are left, and do not reach into the next 4 GiB, where the word's other half changes.
  const inBlock = Math.floor((Math.min(current.length, first - low + 2 ** 32) - first) / pageSize);
  const most = Math.min(inBlock, Math.floor(window.left / step));
  const high = (first - low) / 2 ** 32;
  let pages = 0;
  while (pages < most && window.isPair(window.at + pages * step, high, low + pages * pageSize + FLAGS)) pages++;
  if (pages === 0) return;
  const place = { from: window.at + HEAD, stride: step };
  sink.pages({ at: window.offset, bytes: pages * step, block: current.name, offset: first, pageSize, pages, ...place }, window.bytes);
  window.at += pages * step;
}
