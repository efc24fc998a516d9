/** Bytes that are written one behind the other, in memory that grows. */
export class GrowingBytes {
  #bytes = new Uint8Array(4096);
  #length = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. For whole numbers up to 2^53. */
  varint(value: number): void {
    for (; value >= 0x80; value = Math.floor(value / 0x80)) this.byte((value % 0x80) | 0x80);
    this.byte(value);
  }

  be32(value: number): void {
    for (const shift of [24, 16, 8, 0]) this.byte((value >>> shift) & 0xff);
  }

  be64(value: number): void {
    this.be32(Math.floor(value / 2 ** 32));
    this.be32(value % 2 ** 32);
  }

  put(bytes: Uint8Array): void {
    if (bytes.length > this.#bytes.length - this.#length) this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A view, good until more is written. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  #grow(more: number): void {
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    bytes.set(this.written);
    this.#bytes = bytes;
  }
}
