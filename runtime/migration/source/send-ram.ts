import { PING_BYTES, writePartHead, writePing, writeRamEnd } from "../stream-parts.ts";
import { connectionOf, type SourceContext } from "./context.ts";

/**
 * Writes the next dirty pages, about as many bytes, and asks the destination to say when it has read them; true when a pass over the memory
 * has ended with them.
 */
export function writePart(c: SourceContext, bytes: number): boolean {
  const { out } = connectionOf(c).outgoing;
  const { container } = c.guest.machine;
  const until = out.offset + bytes;
  writePartHead(out, "part");
  let isPassOver = false;
  while (out.offset < until) {
    const next = c.dirty.take();
    if (next === undefined) {
      isPassOver = true;
      break;
    }
    const { block, page } = next;
    c.pages.send(out, block, page);
    c.unacknowledged.add(block, page);
  }
  writeRamEnd(out, container);
  const value = c.link.ask(out.offset + PING_BYTES);
  writePing(out, value);
  c.unacknowledged.close(value);
  return isPassOver;
}

/** Writes all that are left, when the guest stands still. */
export async function writeRest(c: SourceContext): Promise<void> {
  const { outgoing } = connectionOf(c);
  writePartHead(outgoing.out, "end");
  for (let next = c.dirty.take(); c.dirty.count > 0 || next !== undefined; next = c.dirty.take()) {
    if (next === undefined) continue;
    c.pages.send(outgoing.out, next.block, next.page);
    await outgoing.room(MOST_WAITING);
  }
  writeRamEnd(outgoing.out, c.guest.machine.container);
}

/** Pieces that may wait for the channel while more is written. */
export const MOST_WAITING = 2;
