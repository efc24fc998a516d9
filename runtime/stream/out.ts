const ROOM = 1 << 20;

/** Takes bytes in order. It may keep none of them after it returns. */
export type Take = (bytes: Uint8Array) => void;

/** Writes a stream, in pieces of a fixed memory. */
export class Out {
  readonly #bytes = new Uint8Array(ROOM);
  readonly #view = new DataView(this.#bytes.buffer);
  #at = 0;
  #before = 0;
  readonly #take: Take;

  constructor(take: Take) {
    this.#take = take;
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
    if (bytes.length > ROOM - this.#at) this.flush();
    if (bytes.length > ROOM) {
      this.#take(bytes);
      this.#before += bytes.length;
      return;
    }
    this.#bytes.set(bytes, this.#at);
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
  }

  #room(count: number): void {
    if (count > ROOM - this.#at) this.flush();
  }
}
