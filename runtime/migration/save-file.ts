import type { Guest, RamBlock } from "../guest/guest.ts";
import type { Channel } from "../transport/channel.ts";
import { Outgoing } from "./outgoing.ts";
import { PageSender } from "./page-sender.ts";
import { type RamStatistics, ramStatistics } from "./statistics.ts";
import { writeDevice, writeEof, writeHead, writePartHead, writeRamEnd, writeRamStart } from "./stream-parts.ts";

/** Pieces that may wait for the channel while more is written. */
const MOST_WAITING = 2;

/**
 * Pauses a guest and writes all of it as a plain stream of QEMU's, for nobody who answers: no frames, no hand-over. The guest stays paused.
 * Fails with ChannelError.
 */
export async function writeStream(guest: Guest, channel: Channel): Promise<RamStatistics> {
  await guest.pause();
  const { machine, blocks, devices } = guest;
  const { container, name } = machine;
  const outgoing = new Outgoing(channel);
  const { out } = outgoing;
  const statistics = ramStatistics(
    blocks.reduce((sum, { size }) => sum + size, 0),
    blocks[0]?.pageSize ?? 0x1000,
  );
  const pages = new PageSender(blocks, statistics);
  writeHead(out, name, container);
  writeRamStart(out, blocks, container);
  writePartHead(out, "end");
  for (const [at, { size, pageSize }] of blocks.entries() as IterableIterator<[number, RamBlock]>)
    for (let page = 0; page < size / pageSize; page++) {
      pages.send(out, at, page);
      await outgoing.room(MOST_WAITING);
    }
  writeRamEnd(out, container);
  for (const device of devices) writeDevice(out, device, container);
  writeEof(out);
  await outgoing.flush();
  await channel.end();
  statistics.transferred = out.offset;
  statistics.remaining = 0;
  return statistics;
}
