import { crc32 } from "node:zlib";
import { PageKernel } from "../ram/page-kernel.ts";
import { type Channel, ChannelError } from "./channel.ts";

/** "VMSR". */
const MARK = 0x564d5352;

/** Mark, length, place in the row, sum. */
const HEAD = 16;

/** Most bytes of a record. */
const MOST = 1 << 20;

/** What the kernel sums up at once. */
const BLOCK = 1 << 16;

/** Where a record's bytes begin in a kernel's memory, its head right before them. */
const BODY = 64;

/**
 * A channel of records, each with a sum: whoever reads gets only bytes that are what was written, all of them and in their order. What is not
 * breaks the channel. No proof against one who makes sums that fit: for that there is TLS. FORMAT.md, Records.
 */
export function checkedChannel(channel: Channel): CheckedChannel {
  const incoming = new Incoming(channel);
  const outgoing = new Record();
  const given = new Map<ArrayBufferLike, Record>();
  let number = 0;
  return {
    piece: () => {
      const record = new Record();
      given.set(record.body.buffer, record);
      return record.body;
    },
    name: channel.name,
    write: async (bytes) => {
      const own = given.get(bytes.buffer);
      if (own !== undefined && bytes.byteOffset === own.body.byteOffset) {
        await channel.write(own.seal(bytes.length, number++));
        return;
      }
      for (let at = 0; at < bytes.length; at += MOST) await channel.write(outgoing.make(bytes.subarray(at, at + MOST), number++));
    },
    read: (into) => incoming.read(into),
    end: channel.end,
    destroy: () => {
      incoming.drop();
      channel.destroy();
    },
  };
}

export interface CheckedChannel extends Channel {
  /** Memory for what is to be written, as long as a record: from its start on that is written without being copied. */
  readonly piece: () => Uint8Array;
}

/** Memory for one record, in which it is summed up. */
class Record {
  readonly #kernel = new PageKernel({ bytes: BODY + MOST + 2 * BLOCK, pageSize: BLOCK });
  readonly bytes = this.#kernel.bytes.subarray(BODY - HEAD, BODY + MOST);
  readonly body = this.#kernel.bytes.subarray(BODY, BODY + MOST);
  readonly head = new DataView(this.#kernel.bytes.buffer, BODY - HEAD, HEAD);

  make(body: Uint8Array, number: number): Uint8Array {
    this.bytes.set(body, HEAD);
    return this.seal(body.length, number);
  }

  /** The record of so many bytes that are there. */
  seal(length: number, number: number): Uint8Array {
    this.head.setUint32(0, MARK);
    this.head.setUint32(4, length);
    this.head.setUint32(8, number);
    this.head.setUint32(12, this.sum(length));
    return this.bytes.subarray(0, HEAD + length);
  }

  /** Of the head but for the sum itself, and of so many bytes behind it. */
  sum(length: number): number {
    const blocks = Math.floor(length / BLOCK);
    const { bytes } = this.#kernel;
    this.#kernel.hashes(BODY, blocks, HASHES);
    const head = crc32(bytes.subarray(BODY - HEAD, BODY - 4));
    const hashes = crc32(bytes.subarray(HASHES, HASHES + 8 * blocks), head);
    return crc32(bytes.subarray(BODY + blocks * BLOCK, BODY + length), hashes);
  }
}

/** Where the hashes of a record's blocks are put, behind the longest record. */
const HASHES = BODY + MOST + BLOCK;

class Incoming {
  readonly #channel: Channel;
  readonly #record = new Record();
  #number = 0;
  /** Of the record's bytes those that nobody has read yet. */
  #from = 0;
  #to = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  async read(into: Uint8Array): Promise<number> {
    while (this.#from === this.#to) if (!(await this.#next())) return 0;
    const count = Math.min(into.length, this.#to - this.#from);
    into.set(this.#record.bytes.subarray(this.#from, this.#from + count));
    this.#from += count;
    return count;
  }

  /** Forgets what came and was not read. */
  drop(): void {
    this.#from = this.#to;
  }

  /** The next record whole; false at the end. */
  async #next(): Promise<boolean> {
    const { head } = this.#record;
    const got = await this.#fill(0, HEAD);
    if (got === 0) return false;
    if (got < HEAD) throw this.#broken("ends within a record");
    const length = head.getUint32(4);
    if (head.getUint32(0) !== MARK) throw this.#broken("sends what is no record: the other side is none of ours, or bytes were changed");
    if (length > MOST) throw this.#broken(`sends a record of ${length} bytes, more than the limit of ${MOST}`);
    if ((await this.#fill(HEAD, HEAD + length)) < length) throw this.#broken("ends within a record");
    if (head.getUint32(8) !== this.#number++ || head.getUint32(12) !== this.#record.sum(length))
      throw this.#broken("sends a record whose sum is wrong: bytes were changed on the way");
    this.#from = HEAD;
    this.#to = HEAD + length;
    return true;
  }

  async #fill(from: number, to: number): Promise<number> {
    let at = from;
    while (at < to) {
      const got = await this.#channel.read(this.#record.bytes.subarray(at, to));
      if (got === 0) break;
      at += got;
    }
    return at - from;
  }

  #broken(what: string): ChannelError {
    this.#channel.destroy();
    return new ChannelError("broken", this.#channel.name, `Channel ${this.#channel.name} ${what}.`);
  }
}
