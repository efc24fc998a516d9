import type { Connection } from "./connection.ts";
import { isFrame, readFrame } from "./frames.ts";
import type { MessageToSource } from "./hand-over/states.ts";
import { MigrationError } from "./migration-error.ts";
import type { Frame, Reason } from "./protocol.ts";
import { readReturnMessage } from "./return-path.ts";

/** What of the destination's words is somebody's business. */
export interface PeerEvents {
  readonly pong: (value: number) => void;
  readonly request: (block: string | undefined, offset: number, length: number) => void;
  /** Pages of a block that the destination has, a bit each. */
  readonly received: (block: string, bitmap: Uint8Array) => void;
  /** A message of the hand-over. */
  readonly message: (frame: Extract<Frame, { readonly kind: MessageToSource }>) => void;
  /** The connection has ended, or says what it must not. */
  readonly lost: (error: unknown) => void;
}

const MESSAGES = ["ready", "running", "running-postcopy", "abort"] as const satisfies readonly MessageToSource[];

/** Hears the destination on one connection to its end: the return path of the stream, where there is one, and frames. Never fails. */
export async function listen({ incoming }: Connection, events: PeerEvents): Promise<void> {
  try {
    for (;;) {
      const said = await incoming.read((window) => (isFrame(window) ? readFrame(window, MESSAGES) : readReturnMessage(window)));
      if ("kind" in said) events.message(said);
      else if (said.message === "pong") events.pong(said.value);
      else if (said.message === "req-pages") events.request(said.block, said.offset, said.length);
      else if (said.message === "recv-bitmap") events.received(said.block, said.bitmap);
    }
  } catch (error) {
    events.lost(error);
  }
}

/** What the destination says becomes the source's error, in the destination's words. */
export function refusedBy({ phase, path, message }: Reason): MigrationError {
  return new MigrationError("refused-by-peer", "source", phase, path, message);
}
