import { ChannelError } from "../../transport/channel.ts";
import type { Connection } from "../connection.ts";
import { MigrationError } from "../migration-error.ts";
import { type PeerEvents, refusedBy } from "../peer.ts";
import { changeStatus, type SourceContext } from "./context.ts";

/** What follows at the source from what the destination says on a connection. */
export function hear(c: SourceContext, connection: Connection): PeerEvents {
  return {
    pong: (value) => {
      c.link.answer(value, c.clock.now());
      c.unacknowledged.acknowledge(value);
    },
    request: (block, offset, length) => {
      c.requests.add(block, offset, length);
      c.link.wake();
    },
    received: (id, bitmap) => {
      const at = c.guest.blocks.findIndex((block) => block.id === id);
      if (at >= 0) c.received.set(at, bitmap);
      c.link.wake();
    },
    message: (frame) => {
      // Before its record is written the source asks why, and behind it no more.
      if (frame.kind === "abort") fail(c, refusedBy(frame));
      if (frame.kind === "ready") c.ledger.enter("give");
      if (frame.kind !== "abort") c.told.push(...frame.spans);
      if ((frame.kind === "running" || frame.kind === "running-postcopy") && c.ranAt === undefined) {
        c.ranAt = frame.at;
        c.ledger.leave();
        if (frame.kind === "running-postcopy") changeStatus(c, "postcopy-active");
        c.link.wake();
      }
      void c.handOver.post({ on: "message", message: frame.kind });
    },
    lost: (error) => {
      if (c.connection !== connection) return;
      drop(c);
      fail(c, broken(error));
      markPaused(c);
      if (c.handOver.state.phase !== "moving") void c.handOver.post({ on: "disconnected" });
    },
  };
}

/** Ends what is being done, with the first reason that there was. */
export function fail(c: SourceContext, error: unknown): void {
  c.failure ??= error;
  c.link.wake();
}

/** Without a connection a guest that goes before its memory gets no more of it. */
export function markPaused(c: SourceContext): void {
  if (c.handOver.state.phase === "serving") changeStatus(c, "postcopy-paused");
}

/** Gives the connection up. */
export function drop(c: SourceContext): void {
  c.connection?.channel.destroy();
  c.connection = undefined;
}

/** A connection that ends is nobody's mistake; one that says what it must not is a `MigrationError` of another code. */
export function broken(error: unknown): MigrationError {
  if (error instanceof MigrationError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const isLost = error instanceof ChannelError || (error as { code?: unknown }).code === "truncated";
  const code = isLost ? "connection" : "bad-message";
  return new MigrationError(code, "source", "stream", "", `The connection to the destination is lost: ${message}`, error);
}
