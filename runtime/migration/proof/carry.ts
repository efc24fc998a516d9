import type { ByteQueue } from "../../transport/byte-queue.ts";
import { ChannelError } from "../../transport/channel.ts";
import { type Clock, sleep } from "../clock.ts";
import type { Fault } from "./link-faults.ts";

/** Bytes that are on the line together: of a slow line, the first of them are there no sooner than the last. */
const PIECE = 16 << 10;

export interface Line {
  readonly clock: Clock;
  readonly latency: number;
  readonly bandwidth: number | undefined;
  /** Most bytes that are on their way and not yet taken by the side that they go to. */
  readonly window: number;
  readonly from: ByteQueue;
  readonly to: ByteQueue;
  readonly faults: readonly Fault[];
  /** Breaks both directions. */
  readonly cut: () => void;
  readonly count: (bytes: number) => void;
}

/** Takes what is written on one side to the other, until one of them, or a fault, ends it. Never rejects. */
export async function carry({ clock, latency, bandwidth, window, from, to, faults, cut, count }: Line): Promise<void> {
  const left = [...faults].sort((a, b) => a.at - b.at);
  const flight = new Flight(clock, latency, window);
  let [position, isDead, bits] = [0, false, 0];
  try {
    for (;;) {
      for (; left[0]?.at === position; left.shift()) {
        const fault = left[0];
        if (fault.kind === "stall") await sleep(clock, fault.milliseconds);
        if (fault.kind === "drop") isDead = true;
        if (fault.kind === "corrupt") bits ^= fault.bits;
        if (fault.kind === "cut") return await flight.land(cut);
      }
      const piece = Buffer.allocUnsafe(Math.min(PIECE, (left[0]?.at ?? Number.POSITIVE_INFINITY) - position));
      const length = await from.pull(piece);
      if (length === 0) return isDead ? undefined : await flight.land(() => to.end());
      if (bandwidth !== undefined) await sleep(clock, length / bandwidth);
      piece[0] = (piece[0] as number) ^ bits;
      bits = 0;
      position += length;
      count(length);
      if (!isDead) await flight.send(length, () => to.push(piece.subarray(0, length)));
    }
  } catch (error) {
    const broken = error instanceof ChannelError ? error : new ChannelError("broken", "link", "Channel link was broken.", error);
    from.break({ writer: broken, reader: broken });
    if (!isDead) await flight.land(() => to.break({ writer: broken, reader: broken }));
  }
}

/** What has left the one side and is not yet taken by the other; it arrives in order. */
class Flight {
  readonly #clock: Clock;
  readonly #latency: number;
  readonly #window: number;
  #bytes = 0;
  #last: Promise<void> = Promise.resolve();
  #failure: unknown;
  #wake: (() => void) | undefined;

  constructor(clock: Clock, latency: number, window: number) {
    this.#clock = clock;
    this.#latency = latency;
    this.#window = window;
  }

  /** Resolves when the next may be sent. Fails when the other side took none of what was sent before. */
  async send(bytes: number, arrive: () => Promise<void>): Promise<void> {
    if (this.#latency === 0) return arrive();
    this.#bytes += bytes;
    this.#last = this.#after(this.#last, arrive).then(
      () => {
        this.#bytes -= bytes;
        this.#wake?.();
      },
      (error: unknown) => {
        this.#failure ??= error;
        this.#wake?.();
      },
    );
    while (this.#bytes >= this.#window && this.#failure === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Calls behind all that is in flight, when that would arrive which is sent now. */
  land(call: () => void): Promise<void> {
    return this.#after(this.#last, async () => call());
  }

  async #after(before: Promise<void>, arrive: () => Promise<void>): Promise<void> {
    const time = this.#clock.now() + this.#latency;
    await before;
    if (this.#clock.now() < time) await sleep(this.#clock, time - this.#clock.now());
    await arrive();
  }
}
