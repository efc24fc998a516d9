import { closeSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";

/** Bytes side by side that become one write. */
const ROOM = 1 << 18;

/**
 * A block's memory as a file. What is zero and never was anything else is a hole, so that the file takes the space of what was written.
 * The writer says which pages were: the file is not asked.
 */
export class RamImage {
  readonly #fd: number;
  readonly #pending = new Uint8Array(ROOM);
  #from = 0;
  #bytes = 0;

  /** The file must not exist. */
  constructor(path: string, length: number) {
    this.#fd = openSync(path, "wx+", 0o600);
    ftruncateSync(this.#fd, length);
  }

  write(offset: number, bytes: Uint8Array): void {
    if (offset !== this.#from + this.#bytes || this.#bytes + bytes.length > ROOM) this.flush();
    if (this.#bytes === 0) this.#from = offset;
    this.#pending.set(bytes, this.#bytes);
    this.#bytes += bytes.length;
  }

  /** Fills the memory with the bytes at an offset; zeros behind the end. */
  read(offset: number, into: Uint8Array): void {
    this.flush();
    let done = 0;
    while (done < into.length) {
      const got = readSync(this.#fd, into, done, into.length - done, offset + done);
      if (got === 0) break;
      done += got;
    }
    into.fill(0, done);
  }

  flush(): void {
    for (let done = 0; done < this.#bytes; ) done += writeSync(this.#fd, this.#pending, done, this.#bytes - done, this.#from + done);
    this.#bytes = 0;
  }

  close(): void {
    this.flush();
    this.discard();
  }

  /** Closes a file that nobody will read: what is not written yet is not. */
  discard(): void {
    closeSync(this.#fd);
  }
}
