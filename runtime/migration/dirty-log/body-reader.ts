/** What is wrong with a body, and where in it. */
export class BodyError extends Error {
  override readonly name = "BodyError";
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Reads the body of one record. */
export class BodyReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws BodyError */
  varint(): number {
    const start = this.#at;
    for (let [value, unit] = [0, 1]; ; unit *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new BodyError(start, "A number ends behind its record.");
      value += (byte & 0x7f) * unit;
      if (value > Number.MAX_SAFE_INTEGER || unit > 2 ** 49) throw new BodyError(start, "A number has more than 53 bits.");
      if (byte < 0x80) return value;
    }
  }

  /**
   * The runs of one block of so many pages, which are pages from `firstPage` on.
   * @throws BodyError
   */
  runs(pages: number, firstPage: number, into: number[]): void {
    const start = this.#at;
    const count = this.varint();
    // Each takes a byte or more: what is not there is not asked memory for.
    if (count > this.#bytes.length - this.#at) throw new BodyError(start, `${count} runs do not fit into their record.`);
    let before = 0;
    for (let index = 0; index < count; index++) {
      const at = this.#at;
      const head = this.varint();
      const first = before + Math.floor(head / 2);
      const behind = first + (head % 2 === 0 ? 1 : this.varint() + 2);
      if (index > 0 && first === before) throw new BodyError(at, "Two runs touch.");
      if (behind > pages) throw new BodyError(at, `A run ends at page ${behind} of a block of ${pages}.`);
      into.push(firstPage + first, firstPage + behind);
      before = behind;
    }
  }

  /** @throws BodyError */
  end(): void {
    if (this.#at < this.#bytes.length) throw new BodyError(this.#at, "Bytes are left over in a record.");
  }
}
