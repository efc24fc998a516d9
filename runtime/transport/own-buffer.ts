import type { OnReadOpts, Socket } from "node:net";
import type { ChannelError } from "./channel.ts";
import type { Inlet } from "./inlet.ts";

/** A socket gives at once what its own buffer in the system holds, some hundred KiB; TCP's grows to several MiB. */
const SIZE = 1 << 20;

interface Reader {
  readonly into: Uint8Array;
  readonly resolve: (count: number) => void;
  readonly reject: (error: ChannelError) => void;
}

/** Memory that a socket reads into, again and again: no more is read before what is there has been taken. */
export class OwnBuffer implements Inlet {
  readonly #buffer = Buffer.allocUnsafeSlow(SIZE);
  #from = 0;
  #to = 0;
  #isEnded = false;
  #failure: ChannelError | undefined;
  #reader: Reader | undefined;
  #socket: Socket | undefined;

  /** What the socket is made with. */
  readonly onread: OnReadOpts = {
    buffer: this.#buffer,
    callback: (length) => {
      [this.#from, this.#to] = [0, length];
      const reader = this.#reader;
      this.#reader = undefined;
      reader?.resolve(this.#take(reader.into));
      return this.#from === this.#to;
    },
  };

  attach(socket: Socket): void {
    this.#socket = socket;
  }

  readonly read = async (into: Uint8Array): Promise<number> => {
    if (this.#from < this.#to) {
      const count = this.#take(into);
      if (this.#from === this.#to) this.#socket?.resume();
      return count;
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isEnded) return 0;
    return new Promise((resolve, reject) => {
      this.#reader = { into, resolve, reject };
    });
  };

  readonly end = (): void => {
    this.#isEnded = true;
    this.#reader?.resolve(0);
    this.#reader = undefined;
  };

  readonly fail = (error: ChannelError, lost: boolean): void => {
    if (lost) this.#to = this.#from;
    if (lost || !this.#isEnded) this.#failure ??= error;
    if (this.#failure !== undefined) this.#reader?.reject(this.#failure);
    this.#reader = undefined;
  };

  #take(into: Uint8Array): number {
    const count = Math.min(into.length, this.#to - this.#from);
    into.set(this.#buffer.subarray(this.#from, this.#from + count));
    this.#from += count;
    return count;
  }
}
