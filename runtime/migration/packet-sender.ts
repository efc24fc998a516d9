import { HELLO_BYTES, LONG_NAME, MULTIFD_MAGIC, MULTIFD_VERSION, PACKET_MEMORY, SYNC } from "../stream/multifd.ts";
import type { Out } from "../stream/out.ts";

/** Zeros behind the count of zero pages. */
const UNUSED = 28;

/** What a channel begins with. FORMAT.md, multifd. */
export function writeChannelHello(out: Out, channel: number): void {
  out.be32(MULTIFD_MAGIC);
  out.be32(MULTIFD_VERSION);
  out.zeros(16);
  out.u8(channel);
  out.zeros(HELLO_BYTES - 25);
}

/** Gathers pages of one block, and writes them as a packet. */
export class PacketSender {
  readonly #out: Out;
  readonly #pageSize: number;
  readonly #slots: number;
  readonly #pages: Uint8Array;
  readonly #offsets: Float64Array;
  #block = "";
  #count = 0;

  constructor(out: Out, pageSize: number) {
    this.#out = out;
    this.#pageSize = pageSize;
    this.#slots = PACKET_MEMORY / pageSize;
    this.#pages = new Uint8Array(PACKET_MEMORY);
    this.#offsets = new Float64Array(this.#slots);
  }

  /** Keeps a copy of the page; true when a packet has gone with it. `number` is that of the next packet. */
  add(block: string, offset: number, content: Uint8Array, number: number): boolean {
    const isOther = this.#count > 0 && block !== this.#block;
    if (isOther) this.flush(number);
    this.#block = block;
    this.#offsets[this.#count] = offset;
    this.#pages.set(content, this.#count * this.#pageSize);
    this.#count++;
    if (this.#count < this.#slots) return isOther;
    this.flush(number + (isOther ? 1 : 0));
    return true;
  }

  /** Writes what was gathered; true when there was something. */
  flush(number: number): boolean {
    if (this.#count === 0) return false;
    this.#head(0, this.#count, number);
    this.#out.put(this.#pages.subarray(0, this.#count * this.#pageSize));
    this.#count = 0;
    return true;
  }

  /** Writes a packet that nothing but the destination's wait belongs to: all before it has come when it has. */
  sync(number: number): void {
    this.#head(SYNC, 0, number);
  }

  #head(flags: number, pages: number, number: number): void {
    const out = this.#out;
    out.be32(MULTIFD_MAGIC);
    out.be32(MULTIFD_VERSION);
    out.be32(flags);
    out.be32(pages === 0 ? 0 : this.#slots);
    out.be32(pages);
    out.be32(pages * this.#pageSize);
    out.be64(number);
    out.be32(0);
    out.zeros(UNUSED);
    const name = Buffer.alloc(LONG_NAME);
    if (pages > 0) name.write(this.#block, "latin1");
    out.put(name);
    for (let page = 0; page < this.#slots; page++) out.be64(page < pages ? (this.#offsets[page] as number) : 0);
  }
}
