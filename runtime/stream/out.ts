import { copyBytes } from "../ram/copy-bytes.ts";

const ROOM = 1 << 20;

/** Takes bytes in order. It may keep none of them after it returns. */
export type Take = (bytes: Uint8Array) => void;

/** Writes a stream, in pieces of a fixed memory; or of the `memory` that each is given, for whoever takes what it means to keep. */
export class Out {
  #bytes: Uint8Array;
  #view: DataView;
  #at = 0;
  #before = 0;
  readonly #take: Take;
  readonly #memory: (() => Uint8Array) | undefined;

  constructor(take: Take, memory?: () => Uint8Array) {
    this.#take = take;
    this.#memory = memory;
    this.#bytes = memory?.() ?? new Uint8Array(ROOM);
    this.#view = viewOf(this.#bytes);
  }

  /** Bytes written so far, that is the offset of the next. */
  get offset(): number {
    return this.#before + this.#at;
  }

  u8(value: number): void {
    this.#room(1);
    this.#bytes[this.#at++] = value;
  }

  be16(value: number): void {
    this.#room(2);
    this.#view.setUint16(this.#at, value);
    this.#at += 2;
  }

  be32(value: number): void {
    this.#room(4);
    this.#view.setUint32(this.#at, value);
    this.#at += 4;
  }

  be64(value: bigint | number): void {
    this.#room(8);
    this.#view.setBigUint64(this.#at, BigInt(value));
    this.#at += 8;
  }

  /** A word of the ram section: a page's offset, and flags in its low bits. */
  word(offset: number, flags: number): void {
    this.#room(8);
    this.#view.setUint32(this.#at, offset / 2 ** 32);
    this.#view.setUint32(this.#at + 4, (offset % 2 ** 32) + flags);
    this.#at += 8;
  }

  put(bytes: Uint8Array): void {
    if (bytes.length > this.#bytes.length - this.#at) this.flush();
    if (bytes.length > this.#bytes.length) this.#putLong(bytes);
    else {
      this.#bytes.set(bytes, this.#at);
      this.#at += bytes.length;
    }
  }

  /** Puts a page of memory that other threads may have too; it has room in any piece. */
  page(bytes: Uint8Array): void {
    this.#room(bytes.length);
    copyBytes(this.#bytes, this.#at, bytes);
    this.#at += bytes.length;
  }

  /** A counted name, a character a byte. */
  name(name: string): void {
    this.u8(name.length);
    this.put(Buffer.from(name, "latin1"));
  }

  zeros(count: number): void {
    for (let left = count; left > 0; left -= ROOM) this.put(new Uint8Array(Math.min(left, ROOM)));
  }

  flush(): void {
    if (this.#at === 0) return;
    this.#take(this.#bytes.subarray(0, this.#at));
    this.#before += this.#at;
    this.#at = 0;
    if (this.#memory === undefined) return;
    this.#bytes = this.#memory();
    this.#view = viewOf(this.#bytes);
  }

  /** What has no room in any piece goes by itself, unless it is taken to be kept. */
  #putLong(bytes: Uint8Array): void {
    if (this.#memory !== undefined) {
      const { length } = this.#bytes;
      for (let at = 0; at < bytes.length; at += length) this.put(bytes.subarray(at, at + length));
      return;
    }
    this.#take(bytes);
    this.#before += bytes.length;
  }

  #room(count: number): void {
    if (count > this.#bytes.length - this.#at) this.flush();
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
