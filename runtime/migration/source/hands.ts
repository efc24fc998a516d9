import type { SourceHands } from "../hand-over/driver.ts";
import { WAITING } from "../ledger.ts";
import { MigrationError } from "../migration-error.ts";
import { changeStatus, connectionOf, type SourceContext } from "./context.ts";
import { fail } from "./hear.ts";
import { slow } from "./precopy.ts";

/** How a move ends for its source. */
export type Settled = "completed" | "failed" | "cancelled" | "halted" | "lost";

/** What the hand-over does at the source. */
export function handsOf(c: SourceContext, settled: (status: Settled) => void): SourceHands {
  const { guest } = c;
  return {
    send: async (message) => {
      await connectionOf(c).say({ kind: message });
      if (message === "grant") c.ledger.enter(WAITING);
    },
    resume: async () => {
      fail(c, new MigrationError("cancelled", "source", c.status, "", "The record says that the guest stays here."));
      slow(c, { by: "nothing" });
      // A guest whose threads are still on their way to a stop runs, and would stand still for ever behind that.
      await c.pausing;
      if (c.wasRunning && !guest.isRunning) {
        guest.resume();
        c.events?.({ event: "RESUME" });
      }
      settled(c.wasCancelled ? "cancelled" : "failed");
    },
    pause: () => guest.pause(),
    release: () => settled("completed"),
    report: (report) => {
      if (report === "in-doubt") changeStatus(c, "in-doubt");
      if (report === "lost") settled("lost");
      if (report !== "unreadable" && report !== "contradiction") return;
      c.failure ??= new MigrationError("record", "source", "hand-over", "", REASONS[report]);
      settled("halted");
    },
    failed: (error) => {
      c.failure ??= error;
      settled("halted");
    },
  };
}

const REASONS = {
  unreadable: "The record of who may run the guest can be neither read nor written, so it stays paused.",
  contradiction: "The destination says that it runs the guest, which it was never given.",
};
