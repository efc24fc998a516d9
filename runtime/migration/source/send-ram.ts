import { writePartHead, writePing, writeRamEnd } from "../stream-parts.ts";
import { connectionOf, type SourceContext } from "./context.ts";

/** Bytes of a part: between two of them commands can be sent, and the channel is waited for. */
const PART = 1 << 20;

/** Writes the next dirty pages; true when a pass over the memory has ended with them. */
export function writePart(c: SourceContext): boolean {
  const { out } = connectionOf(c).outgoing;
  const { container } = c.guest.machine;
  const until = out.offset + PART;
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

/** Asks the destination to say when it has read everything up to here. */
export function ping(c: SourceContext, value: number): void {
  writePing(connectionOf(c).outgoing.out, value);
  c.unacknowledged.close(value);
}
