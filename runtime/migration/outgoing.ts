import { Out } from "../stream/out.ts";
import type { Channel } from "../transport/channel.ts";
import type { CheckedChannel } from "../transport/checked-channel.ts";

/** Bytes of a piece that the channel is given at once. */
export const PIECE = 1 << 20;

/** One that gives memory is written to without a copy. */
type MaybeChecked = Channel & Partial<Pick<CheckedChannel, "piece">>;

/** What goes out on a channel: written in memory first, and sent piece by piece while the next is written. */
export class Outgoing {
  readonly out: Out;
  /** Bytes that the channel has taken. */
  taken = 0;
  readonly #channel: Channel;
  readonly #free: Uint8Array[] = [];
  readonly #queue: { readonly memory: Uint8Array; readonly length: number }[] = [];
  #sending: Promise<void> | undefined;
  #error: unknown;
  #writing: Uint8Array = new Uint8Array(0);

  constructor(channel: MaybeChecked) {
    this.#channel = channel;
    const memory = (): Uint8Array => {
      this.#writing = this.#free.pop() ?? channel.piece?.() ?? new Uint8Array(PIECE);
      return this.#writing;
    };
    this.out = new Out((bytes) => this.#send(bytes.length), memory);
  }

  /** Sends what was written. Resolves once the channel has taken all of it; fails as the channel did. */
  async flush(): Promise<void> {
    this.out.flush();
    await this.room(0);
  }

  /** Resolves once at most so many pieces wait. */
  async room(pieces: number): Promise<void> {
    while (this.#queue.length > pieces && this.#error === undefined) await this.#next();
    if (this.#error !== undefined) throw this.#error;
  }

  #waiting: (() => void)[] = [];

  #next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #send(length: number): void {
    this.#queue.push({ memory: this.#writing, length });
    this.#sending ??= this.#pump();
  }

  async #pump(): Promise<void> {
    try {
      for (let piece = this.#queue[0]; piece !== undefined; piece = this.#queue[0]) {
        await this.#channel.write(piece.memory.subarray(0, piece.length));
        this.#queue.shift();
        this.taken += piece.length;
        this.#free.push(piece.memory);
        this.#wake();
      }
    } catch (error) {
      this.#error = error;
      this.#wake();
    }
    this.#sending = undefined;
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
