import type { Connection } from "./connection.ts";
import { readFrame } from "./frames.ts";
import type { MessageToSource } from "./hand-over/states.ts";
import { MigrationError } from "./migration-error.ts";
import type { Frame, Reason } from "./protocol.ts";
import { readReturnMessage } from "./return-path.ts";

/** What of the destination's words is somebody's business. */
export interface PeerEvents {
  readonly pong: (value: number) => void;
  readonly request: (block: string | undefined, offset: number, length: number) => void;
  /** A message of the hand-over. */
  readonly message: (frame: Extract<Frame, { readonly kind: MessageToSource }>) => void;
  /** The connection has ended, or says what it must not. */
  readonly lost: (error: unknown) => void;
}

const MESSAGES = ["ready", "running", "running-postcopy", "abort"] as const satisfies readonly MessageToSource[];

/** Hears the destination on one connection to its end: its return path up to SHUT, where there is a stream, and then the hand-over. Never fails. */
export async function listen({ incoming }: Connection, hasStream: boolean, events: PeerEvents): Promise<void> {
  try {
    for (let isStream = hasStream; isStream; ) {
      const message = await incoming.read(readReturnMessage);
      if (message.message === "pong") events.pong(message.value);
      else if (message.message === "req-pages") events.request(message.block, message.offset, message.length);
      isStream = message.message !== "shut";
    }
    for (;;) events.message(await incoming.read((window) => readFrame(window, MESSAGES)));
  } catch (error) {
    events.lost(error);
  }
}

/** What the destination says becomes the source's error, in the destination's words. */
export function refusedBy({ phase, path, message }: Reason): MigrationError {
  return new MigrationError("refused-by-peer", "source", phase, path, message);
}
