import { ByteQueue } from "./byte-queue.ts";
import { type Channel, ChannelError } from "./channel.ts";

const CAPACITY = 256 << 10;

export interface MemoryPairOptions {
  /** What errors name. */
  readonly name?: string;
  /** Bytes in each direction that are written and not yet read; 256 KiB. */
  readonly capacity?: number;
}

/** Two ends in one process: what is written to the one is read from the other. */
export function memoryPair({ name = "memory", capacity = CAPACITY }: MemoryPairOptions = {}): readonly [Channel, Channel] {
  const there = new ByteQueue(capacity);
  const back = new ByteQueue(capacity);
  return [queueChannel(name, back, there), queueChannel(name, there, back)];
}

/** A channel that reads from one queue and writes to the other. */
export function queueChannel(name: string, incoming: ByteQueue, outgoing: ByteQueue): Channel {
  return {
    name,
    write: (bytes) => outgoing.push(bytes),
    read: (into) => incoming.pull(into),
    end: async () => outgoing.end(),
    destroy: () => {
      const closed = new ChannelError("closed", name, `Channel ${name} was closed on this side.`);
      const broken = new ChannelError("broken", name, `Channel ${name} was broken by the other side.`);
      incoming.break({ writer: broken, reader: closed, lost: true });
      outgoing.break({ writer: closed, reader: broken });
    },
  };
}
