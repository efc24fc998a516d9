import assert from "node:assert";

/** Bytes on their way between one writer and one reader, bounded: who writes waits for who reads. */
export class ByteQueue {
  readonly #ring: Uint8Array;
  #from = 0;
  #length = 0;
  #ended = false;
  #writerFailure: Error | undefined;
  #readerFailure: Error | undefined;
  #wakeWriter: (() => void) | undefined;
  #wakeReader: (() => void) | undefined;

  constructor(capacity: number) {
    this.#ring = Buffer.allocUnsafeSlow(capacity);
  }

  /** That are written and not yet read. */
  get length(): number {
    return this.#length;
  }

  /** Resolves when all of it is in the queue. */
  async push(bytes: Uint8Array): Promise<void> {
    let taken = 0;
    for (;;) {
      if (this.#writerFailure !== undefined) throw this.#writerFailure;
      assert(!this.#ended, "Nothing is written behind the end.");
      taken += this.#put(bytes, taken);
      this.#wakeReader?.();
      if (taken === bytes.length) return;
      assert(this.#wakeWriter === undefined, "One write at a time.");
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve;
      });
      this.#wakeWriter = undefined;
    }
  }

  /** Gives how many bytes were there for the memory, none at the end; waits for the first. */
  async pull(into: Uint8Array): Promise<number> {
    for (;;) {
      if (this.#length > 0) break;
      if (this.#readerFailure !== undefined) throw this.#readerFailure;
      if (this.#ended) return 0;
      assert(this.#wakeReader === undefined, "One read at a time.");
      await new Promise<void>((resolve) => {
        this.#wakeReader = resolve;
      });
      this.#wakeReader = undefined;
    }
    const count = this.#take(into);
    this.#wakeWriter?.();
    return count;
  }

  end(): void {
    this.#ended = true;
    this.#wakeReader?.();
  }

  /** Nothing is taken any more. What is in the queue can still be read, unless it is `lost`; then the reader fails, or is at the end. */
  break(failures: { readonly writer: Error; readonly reader: Error; readonly lost?: boolean }): void {
    this.#writerFailure ??= failures.writer;
    if (failures.lost === true) this.#length = 0;
    if (failures.lost === true || !this.#ended) this.#readerFailure ??= failures.reader;
    this.#wakeWriter?.();
    this.#wakeReader?.();
  }

  #put(bytes: Uint8Array, at: number): number {
    const count = Math.min(bytes.length - at, this.#ring.length - this.#length);
    const to = (this.#from + this.#length) % this.#ring.length;
    const first = Math.min(count, this.#ring.length - to);
    this.#ring.set(bytes.subarray(at, at + first), to);
    this.#ring.set(bytes.subarray(at + first, at + count), 0);
    this.#length += count;
    return count;
  }

  #take(into: Uint8Array): number {
    const count = Math.min(into.length, this.#length);
    const first = Math.min(count, this.#ring.length - this.#from);
    into.set(this.#ring.subarray(this.#from, this.#from + first));
    into.set(this.#ring.subarray(0, count - first), first);
    this.#from = (this.#from + count) % this.#ring.length;
    this.#length -= count;
    return count;
  }
}
