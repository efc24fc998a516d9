import type { Readable, Writable } from "node:stream";
import { type Channel, ChannelError } from "./channel.ts";
import type { Inlet } from "./inlet.ts";

export interface StreamEnds {
  readonly name: string;
  /** Where nothing comes from, reading is at the end at once. */
  readonly input?: { readonly stream: Readable; readonly inlet: Inlet };
  readonly output?: Writable;
  /** In the channel's words, what a stream failed with. */
  readonly explain?: (error: Error) => ChannelError | undefined;
  /** What else is done away with. */
  readonly release?: () => void;
}

/** A channel over Node's streams, which may be one. */
export class StreamChannel implements Channel {
  readonly name: string;
  readonly #ends: StreamEnds;
  #failure: ChannelError | undefined;
  #rejectWrite: ((error: ChannelError) => void) | undefined;

  constructor(ends: StreamEnds) {
    this.name = ends.name;
    this.#ends = ends;
    const { input, output } = ends;
    input?.stream.once("end", () => input.inlet.end());
    for (const stream of new Set([input?.stream, output])) {
      stream?.on("error", (error: Error) => this.#fail(this.#explain(error), false));
      stream?.once("close", () => this.#closed(stream));
    }
  }

  readonly write = (bytes: Uint8Array): Promise<void> => this.#taken((output, done) => output.write(bytes, done));

  readonly read = (into: Uint8Array): Promise<number> => this.#ends.input?.inlet.read(into) ?? Promise.resolve(0);

  readonly end = async (): Promise<void> => {
    if (this.#ends.output?.writableFinished === false) await this.#taken((output, done) => output.end(done));
  };

  readonly destroy = (): void => {
    this.#fail(new ChannelError("closed", this.name, `Channel ${this.name} was closed on this side.`), true);
    this.#ends.input?.stream.destroy();
    this.#ends.output?.destroy();
    this.#ends.release?.();
  };

  /** Resolves when the stream has none of what it was given any more. */
  #taken(give: (output: Writable, done: (error?: Error | null) => void) => void): Promise<void> {
    const { output } = this.#ends;
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (output === undefined) return Promise.reject(new ChannelError("usage", this.name, `Channel ${this.name} is only read from.`));
    return new Promise((resolve, reject) => {
      this.#rejectWrite = reject;
      give(output, (error) => {
        this.#rejectWrite = undefined;
        if (error === undefined || error === null) resolve();
        else reject(this.#failure ?? this.#explain(error));
      });
    });
  }

  #explain(error: Error): ChannelError {
    const own = error instanceof ChannelError ? error : this.#ends.explain?.(error);
    return own ?? new ChannelError("broken", this.name, `Channel ${this.name} was broken: ${error.message}.`, error);
  }

  #fail(error: ChannelError, lost: boolean): void {
    this.#failure ??= error;
    this.#ends.input?.inlet.fail(this.#failure, lost);
    this.#rejectWrite?.(this.#failure);
    this.#rejectWrite = undefined;
  }

  /** A stream that was read or written to its end closes too, and then nothing is wrong. */
  #closed(stream: Readable | Writable): void {
    const isRead = stream !== this.#ends.input?.stream || this.#ends.input.stream.readableEnded;
    const isWritten = stream !== this.#ends.output || this.#ends.output.writableFinished;
    if (!isRead || !isWritten) this.#fail(new ChannelError("broken", this.name, `Channel ${this.name} was broken.`), false);
  }
}
