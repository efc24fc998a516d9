import { type Bandwidth, bytesPerSecond, measure, UNMEASURED } from "../convergence/bandwidth.ts";
import { type Pause, reckonPause } from "../convergence/switchover.ts";
import { PIECE } from "../outgoing.ts";
import type { SourceContext } from "./context.ts";

/**
 * Bytes of a part of the memory: between two of them there is a look at what comes back. With its last page the longest is a piece, and little
 * more than whole blocks of 64 KiB: what is left of one is summed up at a tenth of the speed.
 */
const [LEAST_PART, MOST_PART] = [1 << 12, PIECE - (1 << 16)];

/** Bytes on the way before anything is known of the connection; each answer allows as many more. */
const FIRST = 1 << 17;

/** The share of the longest pause that what is on the way may take: the last pages come behind it. */
const SHARE = 1 / 8;

/** What the connection to the destination takes, as the answers to pings show it. */
export class Link {
  #bandwidth: Bandwidth = UNMEASURED;
  /** Where in the stream each ping stands that has no answer. */
  readonly #asked: { readonly ping: number; readonly offset: number; readonly at: number }[] = [];
  #pings = 1;
  #answers = 0;
  /** Ms that the quickest answer took. */
  #roundTrip = Number.POSITIVE_INFINITY;
  #taken = 0;
  #waiting: (() => void)[] = [];
  /** Ms in which there was nothing to send. */
  idle = 0;

  /** The value of the ping that ends at this offset, and is asked now. */
  ask(offset: number, at: number): number {
    this.#pings++;
    this.#asked.push({ ping: this.#pings, offset, at });
    return this.#pings;
  }

  answer(ping: number, now: number): void {
    for (let first = this.#asked[0]; first !== undefined && first.ping <= ping; first = this.#asked[0]) {
      this.#taken = first.offset;
      this.#roundTrip = Math.min(this.#roundTrip, now - first.at);
      this.#asked.shift();
    }
    this.#answers++;
    this.wake();
  }

  /** Lets those look again who wait for room. */
  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Resolves when something was heard, or cannot be any more. */
  news(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Bytes that the destination has said to have read. */
  get taken(): number {
    return this.#taken;
  }

  /** To be called often. */
  measure(at: number, sentBytes: number): void {
    this.#bandwidth = measure(this.#bandwidth, { at, idle: this.idle, sentBytes, takenBytes: this.#taken });
  }

  /** Bytes a second; undefined until it is known. */
  get bandwidth(): number | undefined {
    return bytesPerSecond(this.#bandwidth);
  }

  /** Bytes of the next part, for a pause of at most so many ms. */
  partBytes(downtimeLimit: number): number {
    return Math.min(Math.max(this.#most(downtimeLimit) / 2, LEAST_PART), MOST_PART);
  }

  /** Bytes that the destination has not said to have read. */
  onTheWay(sentBytes: number): number {
    return sentBytes - this.#taken;
  }

  /** Resolves at the next answer when there is enough on the way. */
  async room(sentBytes: number, downtimeLimit: number): Promise<void> {
    if (this.onTheWay(sentBytes) <= this.#most(downtimeLimit)) return;
    await this.news();
  }

  /** What a pause would be that began now, when so much was sent; `isWithinPass` where pages are left of a pass. */
  pause({ parameters, ram, dirty }: SourceContext, sentBytes: number, fixed: number, isWithinPass = false): Pause {
    // The last pages there, `ready` back, and the grant there again.
    const limits = { downtimeLimit: parameters.downtimeLimit, fixed: fixed + (this.#answers === 0 ? 0 : 1.5 * this.#roundTrip) };
    const onTheWay = this.onTheWay(sentBytes);
    const rest = { onTheWay, remainingPages: dirty.count, pageSize: ram["page-size"], isWithinPass };
    return reckonPause(limits, { bandwidth: this.bandwidth, ...rest });
  }

  #most(downtimeLimit: number): number {
    const { bandwidth } = this;
    if (bandwidth === undefined) return FIRST * (1 + this.#answers);
    // Twice what is on a line that is used to the full: with less, what is measured would be this limit, and it would go down with it.
    return Math.max(2 * LEAST_PART, (bandwidth * (2 * this.#roundTrip + downtimeLimit * SHARE)) / 1000);
  }
}
