import type { Readable } from "node:stream";
import type { ChannelError } from "./channel.ts";

/** What came in and waits for its reader. */
export interface Inlet {
  readonly read: (into: Uint8Array) => Promise<number>;
  readonly end: () => void;
  /** What came before can still be read, unless it is `lost`. */
  readonly fail: (error: ChannelError, lost: boolean) => void;
}

/** Of a stream that has buffers of its own, 64 KiB each: when it has as many as it may hold, it reads no more. */
export class StreamInlet implements Inlet {
  readonly #stream: Readable;
  #rest: Uint8Array = new Uint8Array(0);
  #isEnded = false;
  #failure: ChannelError | undefined;
  #wake: (() => void) | undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on("readable", () => this.#wake?.());
  }

  readonly read = async (into: Uint8Array): Promise<number> => {
    while (this.#rest.length === 0) {
      const chunk = this.#failure === undefined ? (this.#stream.read() as Uint8Array | null) : null;
      if (chunk !== null) this.#rest = chunk;
      else if (this.#failure !== undefined) throw this.#failure;
      else if (this.#isEnded) return 0;
      else await this.#changed();
    }
    const count = Math.min(into.length, this.#rest.length);
    into.set(this.#rest.subarray(0, count));
    this.#rest = this.#rest.subarray(count);
    return count;
  };

  readonly end = (): void => {
    this.#isEnded = true;
    this.#wake?.();
  };

  readonly fail = (error: ChannelError, lost: boolean): void => {
    if (lost) this.#rest = new Uint8Array(0);
    if (lost || !this.#isEnded) this.#failure ??= error;
    this.#wake?.();
  };

  async #changed(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }
}
