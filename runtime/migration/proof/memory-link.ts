import { ByteQueue } from "../../transport/byte-queue.ts";
import { type Channel, ChannelError } from "../../transport/channel.ts";
import { queueChannel } from "../../transport/memory-channel.ts";
import type { Clock } from "../clock.ts";
import { carry } from "./carry.ts";
import type { Direction, FaultPlan } from "./link-faults.ts";

const BUFFER = 64 << 10;

export interface LinkOptions {
  /** In ms, of one way. */
  readonly latency?: number;
  /** Bytes per ms in each direction; no limit without it. */
  readonly bandwidth?: number;
  /** Bytes that a side holds in each direction, those that it sends as well as those that it was sent; 64 KiB. */
  readonly buffer?: number;
  readonly faults?: FaultPlan;
}

export interface MemoryLink {
  /** The ends: what goes from the first to the second goes `there`. */
  readonly ends: readonly [Channel, Channel];
  /** Breaks it for both, as a fault does. */
  readonly cut: () => void;
  /** Bytes that have come through, or were dropped, so far. */
  readonly carried: Readonly<Record<Direction, number>>;
}

/** Two ends with a line between them that takes time and may fail. */
export function memoryLink(clock: Clock, { latency = 0, bandwidth, buffer = BUFFER, faults = {} }: LinkOptions = {}): MemoryLink {
  const queues = Array.from({ length: 4 }, () => new ByteQueue(buffer)) as [ByteQueue, ByteQueue, ByteQueue, ByteQueue];
  const [sent, arrived, sentBack, arrivedBack] = queues;
  const carried = { there: 0, back: 0 };
  const cut = (): void => {
    const broken = new ChannelError("broken", "link", "Channel link was cut.");
    for (const queue of queues) queue.break({ writer: broken, reader: broken });
  };
  // A line that is long and fast has more on it than a side holds.
  const line = { clock, latency, bandwidth, window: Math.max(buffer, latency * (bandwidth ?? 0)), cut };
  const count = (direction: Direction) => (bytes: number) => {
    carried[direction] += bytes;
  };
  void carry({ ...line, from: sent, to: arrived, faults: faults.there ?? [], count: count("there") });
  void carry({ ...line, from: sentBack, to: arrivedBack, faults: faults.back ?? [], count: count("back") });
  return { ends: [queueChannel("link", arrivedBack, sent), queueChannel("link", arrived, sentBack)], cut, carried };
}
