import { ChannelError } from "../../transport/channel.ts";
import type { Connection } from "../connection.ts";
import { MigrationError } from "../migration-error.ts";
import { type PeerEvents, refusedBy } from "../peer.ts";
import type { SourceContext } from "./context.ts";

/** What follows at the source from what the destination says on a connection. */
export function hear(c: SourceContext, connection: Connection): PeerEvents {
  return {
    pong: (value) => {
      c.link.answer(value);
      c.unacknowledged.acknowledge(value);
    },
    request: (block, offset, length) => c.requests.add(block, offset, length),
    message: (frame) => {
      // Before its record is written the source asks why, and behind it no more.
      if (frame.kind === "abort") c.failure ??= refusedBy(frame);
      if (frame.kind === "ready") c.ledger.enter("give");
      if (frame.kind !== "abort") c.told.push(...frame.spans);
      if (frame.kind === "running" || frame.kind === "running-postcopy") c.ranAt = frame.at;
      void c.handOver.post({ on: "message", message: frame.kind });
    },
    lost: (error) => {
      if (c.connection !== connection) return;
      c.failure ??= broken(error);
      c.link.wake();
      if (c.mayTalk) void c.handOver.post({ on: "disconnected" });
    },
  };
}

/** A connection that ends is nobody's mistake; one that says what it must not is a `MigrationError` of another code. */
export function broken(error: unknown): MigrationError {
  if (error instanceof MigrationError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const isLost = error instanceof ChannelError || (error as { code?: unknown }).code === "truncated";
  const code = isLost ? "connection" : "bad-message";
  return new MigrationError(code, "source", "stream", "", `The connection to the destination is lost: ${message}`, error);
}
