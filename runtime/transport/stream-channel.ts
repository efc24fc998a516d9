import type { Readable, Writable } from "node:stream";
import { type Channel, ChannelError } from "./channel.ts";
import type { Inlet } from "./inlet.ts";

export interface StreamEnds {
  readonly name: string;
  /** Where nothing comes from, reading is at the end at once. */
  readonly input?: { readonly stream: Readable; readonly inlet: Inlet };
  /** May be the input's stream. */
  readonly output?: Writable;
  /** What a stream failed with, in the channel's words; undefined where they are the general ones. */
  readonly explain?: (error: Error) => ChannelError | undefined;
}

/** A channel over Node's streams. */
export class StreamChannel implements Channel {
  readonly name: string;
  readonly #ends: StreamEnds;
  #failure: ChannelError | undefined;

  constructor(ends: StreamEnds) {
    this.name = ends.name;
    this.#ends = ends;
    const { input, output } = ends;
    input?.stream.once("end", () => input.inlet.end());
    input?.stream.on("error", (error: Error) => this.#failInput(error));
    output?.on("error", (error: Error) => this.#failOutput(error));
    // Behind the end that it was read to, and behind that of what was written, a stream closes too.
    input?.stream.once("close", () => this.#failInput());
    output?.once("close", () => output.writableFinished || this.#failOutput());
  }

  readonly write = (bytes: Uint8Array): Promise<void> => this.#taken((output, done) => output.write(bytes, done));

  readonly read = (into: Uint8Array): Promise<number> => this.#ends.input?.inlet.read(into) ?? Promise.resolve(0);

  readonly end = async (): Promise<void> => {
    if (this.#ends.output?.writableFinished === false) await this.#taken((output, done) => output.end(done));
  };

  readonly destroy = (): void => {
    const closed = new ChannelError("closed", this.name, `Channel ${this.name} was closed on this side.`);
    this.#ends.input?.inlet.fail(closed, true);
    this.#failOutput(closed);
    this.#ends.input?.stream.destroy();
    this.#ends.output?.destroy();
  };

  /** Resolves when the stream has none of what it was given any more; it calls back when it is destroyed, too. */
  #taken(give: (output: Writable, done: (error?: Error | null) => void) => void): Promise<void> {
    const { output } = this.#ends;
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (output === undefined) return Promise.reject(new ChannelError("usage", this.name, `Channel ${this.name} is only read from.`));
    return new Promise((resolve, reject) => {
      give(output, (error) => {
        if (error === undefined || error === null) resolve();
        else reject(this.#failure ?? this.#explain(error));
      });
    });
  }

  #failInput(error?: Error): void {
    this.#ends.input?.inlet.fail(this.#explain(error), false);
  }

  #failOutput(error?: Error): void {
    this.#failure ??= this.#explain(error);
  }

  #explain(error?: Error): ChannelError {
    if (error === undefined) return new ChannelError("broken", this.name, `Channel ${this.name} was broken.`);
    if (error instanceof ChannelError) return error;
    const own = this.#ends.explain?.(error);
    return own ?? new ChannelError("broken", this.name, `Channel ${this.name} was broken: ${error.message}.`, error);
  }
}
