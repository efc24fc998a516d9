import type { RamBlock } from "../../guest/guest.ts";
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

/** Most bytes of pages that nobody has asked for, between two looks at what was asked for. */
const BACKGROUND = 1 << 18;

/** Waits until the destination has read everything: the guest, which still runs, is not paused for what is on the way. */
export async function drain(c: SourceContext): Promise<void> {
  if (!c.asked.postcopy) return;
  const { out } = connectionOf(c).outgoing;
  writePing(out, c.link.ask(out.offset + PING_BYTES, c.clock.now()));
  out.flush();
  for (; c.link.onTheWay(out.offset) > 0; await c.link.news()) check(c);
}

/** What the destination needs to run the guest, in one piece: which of its pages are old, and the devices. */
export async function sendPackage(c: SourceContext): Promise<void> {
  c.isPostcopy = true;
  c.pages.channels = undefined;
  // What the destination has of a page that is dirty is of no use to it.
  c.pages.delta = undefined;
  const { outgoing } = connectionOf(c);
  const { out } = outgoing;
  const before = out.offset;
  c.ledger.enter("discard");
  for (const block of c.guest.blocks.keys()) writeDiscards(c, out, block);
  writePing(out, 2);
  const bytes = packageOf(c);
  writeCommand(out, COMMAND.packaged, be32(bytes.length));
  out.put(bytes);
  writePing(out, c.link.ask(out.offset + PING_BYTES, c.clock.now()));
  c.ram["downtime-bytes"] += out.offset - before;
  c.ram.transferred += out.offset - before;
  c.ledger.enter("flush");
  await outgoing.flush();
  c.ledger.enter(WAITING);
}

function writeDiscards(c: SourceContext, out: Out, block: number): void {
  const { id, pageSize, size } = c.guest.blocks[block] as RamBlock;
  const bitmap = c.dirty.bitmaps[block] as Uint32Array;
  const pages = size / pageSize;
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

/**
 * Sends the rest of the memory once the guest runs at the destination, what is waited for before all else, and ends the stream. Each page is
 * sent once: it is the guest's when it has come.
 */
export async function serve(c: SourceContext): Promise<void> {
  for (; c.ranAt === undefined; await c.link.news()) check(c);
  const { outgoing } = connectionOf(c);
  const { out } = outgoing;
  const { container } = c.guest.machine;
  const most = mostOnTheWay(c);
  const background = Math.min(BACKGROUND, most / 4);
  while (c.dirty.count > 0) {
    check(c);
    const isFull = c.link.onTheWay(out.offset) > most;
    let asked = nextAsked(c);
    if (asked === undefined && isFull) {
      await c.link.news();
      continue;
    }
    const before = out.offset;
    writePartHead(out, "part");
    for (; asked !== undefined; asked = nextAsked(c)) {
      c.pages.send(out, asked.block, asked.page);
      // A guest goes on from where it is, mostly.
      c.dirty.moveTo(asked.block, asked.page + 1);
    }
    while (!isFull && out.offset < before + background && c.dirty.count > 0) {
      const next = c.dirty.take();
      if (next !== undefined) c.pages.send(out, next.block, next.page);
    }
    writeRamEnd(out, container);
    writePing(out, c.link.ask(out.offset + PING_BYTES, c.clock.now()));
    out.flush();
    count(c, out.offset - before);
    await outgoing.room(MOST_WAITING);
  }
  writePartHead(out, "end");
  writeRamEnd(out, container);
  writeEof(out);
  await outgoing.flush();
}

/** The next page that is waited for and not yet on its way. */
function nextAsked({ requests, dirty }: SourceContext): ReturnType<typeof requests.next> {
  for (let asked = requests.next(); asked !== undefined; asked = requests.next()) if (dirty.takeThis(asked.block, asked.page)) return asked;
  return undefined;
}

function count({ ram, dirty }: SourceContext, bytes: number): void {
  ram["postcopy-bytes"] += bytes;
  ram.transferred += bytes;
  ram.remaining = dirty.count * ram["page-size"];
}

/** Ms that a page which is asked for may have to wait on the line behind others. */
const LONGEST_QUEUE = 40;

/** Bytes, on the slowest line, and on one that is not known. */
const [LEAST_QUEUE, FIRST_QUEUE] = [1 << 13, 1 << 17];

function mostOnTheWay({ link: { bandwidth } }: SourceContext): number {
  return bandwidth === undefined ? FIRST_QUEUE : Math.max(LEAST_QUEUE, (bandwidth * LONGEST_QUEUE) / 1000);
}

/** On a connection behind one that broke: sends what the destination says that it does not have. */
export async function serveAgain(c: SourceContext): Promise<void> {
  changeStatus(c, "postcopy-recover");
  for (; c.received.size < c.guest.blocks.length; await c.link.news()) check(c);
  for (const [block, bitmap] of c.received) {
    const dirty = c.dirty.bitmaps[block];
    if (dirty === undefined) continue;
    const pages = pagesOf(c.guest.blocks[block] as RamBlock);
    const words = new Uint32Array(dirty.length);
    // One that is too short says nothing of the rest, which is sent again and passed over.
    new Uint8Array(words.buffer).set(bitmap.subarray(0, 4 * words.length));
    for (let at = 0; at < dirty.length; at++) dirty[at] = ~(words[at] as number) & maskOf(pages - 32 * at);
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
