/** A connection that bytes go over in both directions; a file's or a pipe's has but one, and ends at once in the other. */
export interface Channel {
  /** What an error names: `unix:/run/vm.sock`. */
  readonly name: string;
  /** Resolves when the memory may be used again; then the bytes are on their way, not there. Calls are not made before the last has ended. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Fills some of the memory and gives how many bytes; none at the end. Waits for at least one. */
  readonly read: (into: Uint8Array) => Promise<number>;
  /** Ends what is written; the other side reads to the end. Resolves when all has been taken. */
  readonly end: () => Promise<void>;
  /** Breaks the connection at once: what waits on it fails with ChannelError. */
  readonly destroy: () => void;
}

export type ChannelCode = "usage" | "refused" | "broken" | "closed" | "timeout" | "untrusted" | "failed-command" | "limit";

/** A connection that is not to be had, or is lost. */
export class ChannelError extends Error {
  override readonly name = "ChannelError";
  readonly code: ChannelCode;
  /** The channel's name. */
  readonly path: string;

  constructor(code: ChannelCode, path: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.path = path;
  }
}

/** Where the other side is waited for. */
export interface Listener {
  /** As others would write it to come here; a port that was 0 is the one that was had. */
  readonly name: string;
  /** The next connection. Fails with ChannelError once closed. */
  readonly accept: () => Promise<Channel>;
  readonly close: () => Promise<void>;
}
