import { MORE, Window } from "../stream/window.ts";
import type { Channel } from "../transport/channel.ts";

/** What comes in on a channel, as a window that stream readers read from. */
export class Incoming {
  readonly window: Window;
  readonly #channel: Channel;

  /** `limit` bounds the bytes of what is read as one. */
  constructor(channel: Channel, limit: number) {
    this.#channel = channel;
    this.window = new Window(limit);
  }

  /** Reads something whole: `parse` is called again from its start until all of it has come. */
  async read<T>(parse: (window: Window) => T): Promise<T> {
    const { window } = this;
    for (;;) {
      try {
        const parsed = parse(window);
        window.commit();
        return parsed;
      } catch (error) {
        if (error !== MORE) throw error;
        window.rewind();
        await this.#feed();
      }
    }
  }

  async #feed(): Promise<void> {
    const { window } = this;
    do {
      window.makeRoom();
      const got = await this.#channel.read(window.bytes.subarray(window.end));
      window.end += got;
      window.isAll = got === 0;
    } while (!window.isAll && !window.isFed);
  }
}
