import { StreamError } from "../../stream/errors.ts";
import { isSync } from "../../stream/multifd.ts";
import { StreamReader } from "../../stream/read/stream-reader.ts";
import type { Connection } from "../connection.ts";
import type { RamReceiver } from "../ram-receiver.ts";

/** Further connections that pages come on. */
export class Channels {
  readonly #ram: RamReceiver;
  readonly #pageSize: number | undefined;
  /** Syncs that each has come to. */
  readonly #synced = new Map<Connection, number>();
  #failure: unknown;
  #waiting: (() => void)[] = [];
  /** How many there are to be. */
  expected = 0;
  #flushes = 0;
  /**
   * Syncs up to which the channels may read on. Behind one they wait for the first connection, and for each other: what comes there may be a
   * page whose older content is still on another.
   */
  #released = 0;

  constructor(ram: RamReceiver, pageSize: number | undefined) {
    this.#ram = ram;
    this.#pageSize = pageSize;
  }

  /** Forgets those of a connection that broke. */
  reset(expected: number): void {
    for (const { channel } of this.#synced.keys()) channel.destroy();
    this.#synced.clear();
    this.#flushes = 0;
    this.#released = 0;
    this.#wake();
    this.#failure = undefined;
    this.expected = expected;
  }

  /** Reads a channel to its end. What is wrong with it ends the load. */
  async read(connection: Connection): Promise<void> {
    this.#synced.set(connection, 0);
    const reader = new StreamReader(
      connection.incoming.window,
      {
        item: (item) => {
          if (item.item !== "multifd-packet" || !isSync(item.flags)) return;
          this.#synced.set(connection, (this.#synced.get(connection) ?? 0) + 1);
          this.#wake();
        },
        section: () => {},
        page: (record, bytes) => this.#ram.page(record, bytes),
        problem: ({ code, at, path, message }) => {
          throw new StreamError(code, at, path, message);
        },
      },
      { payloads: true, isDescriptionSought: true, pageSize: this.#pageSize },
    );
    try {
      while (
        await connection.incoming.read(() => {
          while (!this.#isAhead(connection)) if (!reader.step()) return false;
          return true;
        })
      )
        while (this.#isAhead(connection)) await this.#news();
    } catch (error) {
      if (this.#synced.has(connection)) this.#failure ??= error;
    }
    this.#wake();
  }

  /** Resolves when all channels have come to where the first connection stands. Fails as a channel did. */
  async flush(): Promise<void> {
    this.#flushes++;
    while (this.#failure === undefined && !this.#isFlushed) await this.#news();
    if (this.#failure !== undefined) throw this.#failure;
    this.#released = this.#flushes;
    this.#wake();
  }

  #isAhead(connection: Connection): boolean {
    return this.#synced.get(connection) === this.#released + 1;
  }

  #news(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  get #isFlushed(): boolean {
    return this.#synced.size >= this.expected && [...this.#synced.values()].every((syncs) => syncs >= this.#flushes);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
