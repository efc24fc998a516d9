import type { Connection } from "../connection.ts";
import type { DestinationHands } from "../hand-over/driver.ts";
import type { MessageToSource } from "../hand-over/states.ts";
import { MigrationError } from "../migration-error.ts";
import { writeShut } from "../return-path.ts";
import type { DestinationContext } from "./context.ts";

/** How a move ends for its destination. */
export type Arrived = "completed" | "failed" | "halted" | "lost";

/** What the hand-over does at the destination. */
export function handsOf(c: DestinationContext, arrived: (status: Arrived) => void): DestinationHands {
  const { guest } = c;
  return {
    send: async (message) => {
      const { connection } = c;
      try {
        if (connection !== undefined) await say(c, connection, message);
      } finally {
        // Whoever ends its process now takes no word along that the source waits for.
        if (message === "running") arrived("completed");
      }
    },
    run: () => {
      c.ledger.enter("resume");
      if (c.runs) {
        guest.resume();
        c.events?.({ event: "RESUME" });
      }
      c.ranAt = c.ledger.leave();
    },
    release: () => arrived("failed"),
    report: (report) => {
      if (report === "in-doubt") c.events?.({ event: "MIGRATION", status: "in-doubt" });
      if (report === "lost") arrived("lost");
      if (report !== "unreadable" && report !== "unwritten") return;
      c.failure ??= new MigrationError(
        "record",
        "destination",
        "hand-over",
        "",
        "The record of who may run the guest cannot be written, so it does not.",
      );
      if (report === "unreadable") arrived("halted");
    },
    failed: (error) => {
      c.failure ??= new MigrationError(
        "record",
        "destination",
        "hand-over",
        "",
        error instanceof Error ? error.message : String(error),
        error,
      );
      arrived("halted");
    },
  };
}

async function say(c: DestinationContext, connection: Connection, message: MessageToSource): Promise<void> {
  // In post-copy the stream goes on until all of the memory is here.
  const isOver = message === "abort" || message === "running" || c.handOver?.state.isPostcopy !== true;
  if (c.isStream && isOver) writeShut(connection.outgoing.out, message === "abort" ? 1 : 0);
  if (isOver) c.isStream = false;
  if (message === "abort") {
    const { code, phase, path, message } = c.failure ?? NONE;
    await connection.say({ kind: "abort", code, phase, path, message });
  } else if (message === "ready") {
    c.ledger.leave();
    await connection.say({ kind: "ready", spans: c.ledger.spans });
  } else await connection.say({ kind: message, spans: c.ledger.spans.slice(-LAST_SPANS), at: c.ranAt ?? c.clock.now() });
}

/** Those behind `ready`: its record, and the threads that begin to run. */
const LAST_SPANS = 2;

const NONE = { code: "cancelled", phase: "hand-over", path: "", message: "The destination has given up." };
