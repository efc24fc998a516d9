import { RAM } from "../../stream/format.ts";
import { PING_BYTES, writePartHead, writePing, writeRamEnd } from "../stream-parts.ts";
import { connectionOf, type SourceContext, sentBytes } from "./context.ts";

/**
 * Writes the next dirty pages, about as many bytes, and asks the destination to say when it has read them; true when a pass over the memory
 * has ended with them.
 */
export function writePart(c: SourceContext, bytes: number): boolean {
  const { out } = connectionOf(c).outgoing;
  const { container } = c.guest.machine;
  const until = sentBytes(c) + bytes;
  writePartHead(out, "part");
  let isPassOver = false;
  while (sentBytes(c) < until) {
    const next = c.dirty.take();
    if (next === undefined) {
      isPassOver = true;
      break;
    }
    const { block, page } = next;
    c.pages.send(out, block, page);
    c.unacknowledged.add(block, page);
  }
  flushChannels(c);
  writeRamEnd(out, container);
  const value = c.link.ask(sentBytes(c) + PING_BYTES, c.clock.now());
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
    await c.channels?.room(MOST_WAITING);
  }
  flushChannels(c);
  writeRamEnd(outgoing.out, c.guest.machine.container);
}

/** The destination reads no further here before it has read the channels up to the same place. */
function flushChannels(c: SourceContext): void {
  if (c.channels === undefined) return;
  c.channels.sync();
  connectionOf(c).outgoing.out.word(0, RAM.multifdFlush);
}

/** Pieces that may wait for the channel while more is written. */
export const MOST_WAITING = 2;
