import { type Bandwidth, bytesPerSecond, measure, UNMEASURED } from "../convergence/bandwidth.ts";
import { type Pause, reckonPause } from "../convergence/switchover.ts";
import type { SourceContext } from "./context.ts";

/** Ms between two questions how far the destination has come. */
const ASK_EVERY = 20;

/** What the connection to the destination takes, as its answers show it. */
export class Link {
  #bandwidth: Bandwidth = UNMEASURED;
  /** Where in the stream each ping was that has no answer. */
  readonly #asked: { readonly ping: number; readonly offset: number }[] = [];
  #pings = 1;
  #askedAt = Number.NEGATIVE_INFINITY;
  #taken = 0;
  /** Ms in which there was nothing to send. */
  idle = 0;

  /** The value for a ping at this place, when it is time for one. */
  question(now: number, offset: number): number | undefined {
    if (now - this.#askedAt < ASK_EVERY) return undefined;
    this.#askedAt = now;
    this.#pings++;
    this.#asked.push({ ping: this.#pings, offset });
    return this.#pings;
  }

  answer(ping: number): void {
    while (this.#asked[0] !== undefined && this.#asked[0].ping <= ping) this.#taken = (this.#asked.shift() as { offset: number }).offset;
  }

  /** To be called often. */
  measure(at: number, sentBytes: number): void {
    this.#bandwidth = measure(this.#bandwidth, { at, idle: this.idle, sentBytes, takenBytes: this.#taken });
  }

  /** Bytes a second; undefined until it is known. */
  get bandwidth(): number | undefined {
    return bytesPerSecond(this.#bandwidth);
  }

  /** What a pause would be that began now, when so much was sent. */
  pause(c: SourceContext, sentBytes: number, fixed: number): Pause {
    const { parameters, ram, dirty } = c;
    return reckonPause(
      { downtimeLimit: parameters.downtimeLimit, fixed },
      {
        bandwidth: this.bandwidth,
        onTheWay: Math.max(0, sentBytes - this.#taken),
        remainingPages: dirty.count,
        pageSize: ram["page-size"],
      },
    );
  }
}
