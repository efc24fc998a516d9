import { StreamError } from "./errors.ts";

/** Thrown, and caught by whoever feeds the window, when an item goes beyond the bytes at hand; it is then read again from its start. */
export const MORE: unique symbol = Symbol("more bytes are wanted");

const FIRST = 1 << 20;

/**
 * The part of a stream that is in memory. An item is read from `at` on; behind it `commit` says that its bytes may go. Feeding is the
 * business of others, so that files, pipes and sockets have one reader.
 */
export class Window {
  bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  /** Where the next byte is read, in `bytes`. */
  at = 0;
  /** Behind the last byte at hand. */
  end = 0;
  /** Offset in the stream of `bytes[0]`. */
  base = 0;
  /** Where the item begins that is being read. */
  #mark = 0;
  /** True once no more will come. */
  isAll = false;
  /** Bytes that must be at hand, from the item's start, before reading it again makes sense. */
  wanted = 0;
  /** What an error says of the place; the section's name while in one. */
  path = "";
  /** Bytes of the whole stream, where that is known: then bytes may be passed over that nobody reads. */
  readonly size: number | undefined;
  readonly #limit: number;
  readonly #next: (() => Uint8Array<ArrayBuffer>) | undefined;

  /**
   * `limit` bounds the bytes of one item. `memory` is where the bytes are to lie, when that matters, and `next` gives where to go on each time
   * that those have been read.
   */
  constructor(
    limit: number,
    memory: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST),
    size?: number,
    next?: (() => Uint8Array<ArrayBuffer>) | undefined,
  ) {
    this.#limit = limit;
    this.size = size;
    this.#next = next;
    this.bytes = memory;
    this.#view = viewOf(memory);
  }

  /** Offset in the stream of the next byte. */
  get offset(): number {
    return this.base + this.at;
  }

  /** Bytes at hand from here on. */
  get left(): number {
    return this.end - this.at;
  }

  /** Passes over what stands before the stream; whoever feeds may feed it or not. */
  startAt(offset: number): void {
    this.at = offset;
    this.commit();
  }

  commit(): void {
    this.#mark = this.at;
  }

  /** Back to the start of the item. */
  rewind(): void {
    this.at = this.#mark;
  }

  need(count: number): void {
    if (this.end - this.at < count) this.#short(count);
  }

  /** Everything up to the stream's end, or to the limit of an item, is to be at hand. */
  needAll(): void {
    if (!this.isAll && this.end - this.#mark < this.#limit) this.#ask(this.#limit);
  }

  /** How many of the next `count` bytes there are: fewer at the stream's end, or at the limit of an item. */
  see(count: number): number {
    const seen = Math.max(0, Math.min(count, this.#limit - (this.at - this.#mark)));
    if (!this.isAll && this.left < seen) this.#ask(this.at - this.#mark + seen);
    return Math.min(seen, this.left);
  }

  u8(): number {
    this.need(1);
    return this.bytes[this.at++] as number;
  }

  be16(): number {
    this.need(2);
    this.at += 2;
    return this.#view.getUint16(this.at - 2);
  }

  be32(): number {
    this.need(4);
    this.at += 4;
    return this.#view.getUint32(this.at - 4);
  }

  /** Whether two be32 stand at a place of `bytes` that is at hand. */
  isPair(at: number, first: number, second: number): boolean {
    return this.#view.getUint32(at + 4) === second && this.#view.getUint32(at) === first;
  }

  be64(): bigint {
    this.need(8);
    this.at += 8;
    return this.#view.getBigUint64(this.at - 8);
  }

  /** A be64 that counts bytes: exact, as nothing that large is real. */
  size64(): number {
    const value = this.be64();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) this.fail("limit", this.offset - 8, `A size of ${value} bytes is beyond anything real.`);
    return Number(value);
  }

  /** The next bytes, valid until more are fed. */
  take(count: number): Uint8Array {
    this.need(count);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** A name as on the wire: a byte with its length, and that many bytes, each a character. */
  name(): string {
    const length = this.u8();
    return this.text(length);
  }

  text(length: number): string {
    this.need(length);
    this.at += length;
    return latin1(this.bytes, this.at - length, this.at);
  }

  /** Passes over bytes, which need not be at hand where the stream's size says that they exist: whoever feeds passes over them. */
  skip(count: number): void {
    if (this.size === undefined) this.need(count);
    else if (this.offset + count > this.size) this.#truncated(this.size);
    this.at += count;
  }

  peek(ahead = 0): number | undefined {
    if (this.at + ahead < this.end) return this.bytes[this.at + ahead];
    if (!this.isAll) this.#short(ahead + 1);
    return undefined;
  }

  fail(code: StreamError["code"], at: number, message: string): never {
    throw new StreamError(code, at, this.path, message);
  }

  #short(count: number): never {
    if (this.isAll) this.#truncated();
    const wanted = this.at - this.#mark + count;
    if (wanted > this.#limit)
      this.fail("limit", this.base + this.#mark, `Here ${wanted} bytes belong together, more than the limit of ${this.#limit}.`);
    return this.#ask(wanted);
  }

  #ask(wanted: number): never {
    this.wanted = wanted;
    throw MORE;
  }

  #truncated(end = this.base + this.end): never {
    const start = this.base + this.#mark;
    this.fail(
      "truncated",
      end,
      `The stream ends here, ${start === end ? "where more must follow" : `within what began at offset ${start}`}.`,
    );
  }

  /**
   * Room behind `end`. What was committed goes once it is half of what there is: so no more is ever moved than was read. Otherwise the memory
   * grows, with what comes and not with what an item says that it wants, up to twice the limit of an item.
   */
  makeRoom(): void {
    if (this.#mark > 0 && 2 * this.#mark >= this.end) {
      const from = Math.min(this.#mark, this.end);
      this.#goOn(this.bytes.subarray(from, this.end));
      this.base += from;
      this.at -= from;
      this.#mark -= from;
      this.end -= from;
    }
    if (this.end < this.bytes.length) return;
    const larger = new Uint8Array(2 * this.bytes.length);
    larger.set(this.bytes);
    this.#lie(larger);
  }

  /** With what is left of the bytes in front, in other memory where that is given and has room. */
  #goOn(rest: Uint8Array): void {
    const next = this.#next?.();
    if (next !== undefined && rest.length < next.length) this.#lie(next);
    this.bytes.set(rest);
  }

  #lie(bytes: Uint8Array<ArrayBuffer>): void {
    this.bytes = bytes;
    this.#view = viewOf(bytes);
  }

  /** Whether the bytes that the item wants are at hand. */
  get isFed(): boolean {
    return this.end - this.#mark >= this.wanted;
  }

  /** Bytes that nobody looks at, before the next that are wanted, once room is made: a file may be read from behind them. */
  get ahead(): number {
    return this.end === 0 ? this.#mark : 0;
  }

  /** Says that bytes `ahead` were passed over without being read. */
  jump(count: number): void {
    this.base += count;
    this.at -= count;
    this.#mark -= count;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** A character a byte, which keeps every name as it is. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("latin1");
}
