import { scanRuns } from "../../ram/dirty-scan.ts";
import { Out } from "../../stream/out.ts";
import { pagesOf } from "../dirty-pages.ts";
import { WAITING } from "../ledger.ts";
import { PING_BYTES, writeCommand, writeDevice, writeEof, writePartHead, writePing, writeRamEnd } from "../stream-parts.ts";
import { changeStatus, check, connectionOf, type SourceContext } from "./context.ts";
import { MOST_WAITING } from "./send-ram.ts";

const COMMAND = { listen: 4, run: 5, discard: 6, packaged: 7 };

/** Ranges that one command has room for. */
const MOST_RANGES = 12;

/** Bytes of pages that nobody has asked for, between two looks at what was asked for. */
const BACKGROUND = 1 << 16;

/** What the destination needs to run the guest, in one piece: which of its pages are old, and the devices. */
export async function sendPackage(c: SourceContext): Promise<void> {
  c.isPostcopy = true;
  const { outgoing } = connectionOf(c);
  const { out } = outgoing;
  c.ledger.enter("discard");
  for (const block of c.guest.blocks.keys()) writeDiscards(c, out, block);
  writePing(out, 2);
  const bytes = packageOf(c);
  writeCommand(out, COMMAND.packaged, be32(bytes.length));
  out.put(bytes);
  writePing(out, c.link.ask(out.offset + PING_BYTES));
  c.ledger.enter("flush");
  await outgoing.flush();
  c.ledger.enter(WAITING);
}

function writeDiscards(c: SourceContext, out: Out, block: number): void {
  const { id, pageSize } = c.guest.blocks[block] as SourceContext["guest"]["blocks"][number];
  const bitmap = c.dirty.bitmaps[block] as Uint32Array;
  const pages = pagesOf(c.guest.blocks[block] as SourceContext["guest"]["blocks"][number]);
  const runs = new Uint32Array(2 * Math.ceil((pages + 1) / 2));
  const count = scanRuns(bitmap, pages, runs);
  for (let run = 0; run < count; run += MOST_RANGES) {
    const ranges = Math.min(MOST_RANGES, count - run);
    const payload = new Uint8Array(3 + id.length + 16 * ranges);
    payload[1] = id.length;
    payload.set(Buffer.from(id, "latin1"), 2);
    const view = new DataView(payload.buffer);
    for (let range = 0; range < ranges; range++) {
      const [from, to] = [runs[2 * (run + range)] as number, runs[2 * (run + range) + 1] as number];
      view.setBigUint64(3 + id.length + 16 * range, BigInt(from * pageSize));
      view.setBigUint64(3 + id.length + 16 * range + 8, BigInt((to - from) * pageSize));
    }
    writeCommand(out, COMMAND.discard, payload);
  }
}

/** A stream of its own, whose length stands before it. */
function packageOf(c: SourceContext): Uint8Array {
  const pieces: Uint8Array[] = [];
  const out = new Out((piece) => pieces.push(piece.slice()));
  const { devices, machine } = c.guest;
  writeCommand(out, COMMAND.listen);
  for (const device of devices) {
    c.ledger.enter("save", device.name);
    writeDevice(out, device, machine.container);
  }
  writePing(out, 3);
  writeCommand(out, COMMAND.run);
  out.flush();
  return Buffer.concat(pieces);
}

function be32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Sends the rest of the memory, what is waited for before all else, then ends the stream. The guest may run at the destination meanwhile. */
export async function serve(c: SourceContext): Promise<void> {
  const { outgoing } = connectionOf(c);
  const { out } = outgoing;
  const { container } = c.guest.machine;
  while (c.dirty.count > 0) {
    check(c);
    writePartHead(out, "part");
    const until = out.offset + BACKGROUND;
    for (let asked = c.requests.next(); asked !== undefined; asked = c.requests.next()) {
      if (!c.dirty.takeThis(asked.block, asked.page)) continue;
      c.pages.send(out, asked.block, asked.page);
      // A guest goes on from where it is, mostly.
      c.dirty.moveTo(asked.block, asked.page + 1);
    }
    while (out.offset < until && c.dirty.count > 0) {
      const next = c.dirty.take();
      if (next !== undefined) c.pages.send(out, next.block, next.page);
    }
    writeRamEnd(out, container);
    writePing(out, c.link.ask(out.offset + PING_BYTES));
    out.flush();
    await outgoing.room(MOST_WAITING);
    await c.link.room(out.offset, LONGEST_QUEUE);
  }
  writePartHead(out, "end");
  writeRamEnd(out, container);
  writeEof(out);
  await outgoing.flush();
}

/** Ms that a page which is asked for may have to wait behind others. */
const LONGEST_QUEUE = 40;

/** On a connection behind one that broke: sends what the destination says that it does not have. */
export async function serveAgain(c: SourceContext): Promise<void> {
  changeStatus(c, "postcopy-recover");
  while (c.received.size < c.guest.blocks.length) {
    check(c);
    await c.link.news();
  }
  for (const [block, bitmap] of c.received) {
    const dirty = c.dirty.bitmaps[block];
    if (dirty === undefined) continue;
    const words = new Uint32Array(bitmap.slice().buffer);
    const pages = pagesOf(c.guest.blocks[block] as SourceContext["guest"]["blocks"][number]);
    for (let at = 0; at < dirty.length; at++) dirty[at] = ~(words[at] ?? 0) & maskOf(pages - 32 * at);
  }
  c.dirty.recount();
  c.received.clear();
  c.pages.begin();
  changeStatus(c, "postcopy-active");
  await serve(c);
}

/** A bit for each of so many pages of a word. */
function maskOf(pages: number): number {
  return pages >= 32 ? -1 : pages <= 0 ? 0 : 2 ** pages - 1;
}
