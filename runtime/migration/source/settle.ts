import type { Clock } from "../clock.ts";
import { Connection } from "../connection.ts";
import { MigrationError } from "../migration-error.ts";
import { listen } from "../peer.ts";
import type { SourceContext } from "./context.ts";
import { hear } from "./hear.ts";

/** Ms between two looks at a hand-over that has not ended. */
const LOOK = 1000;

/**
 * Everything is sent: waits until it is known who runs the guest. Before the source has given it away the destination's silence ends the
 * move; behind that nothing does but the destination's word, or somebody who knows of both.
 */
export async function settle(c: SourceContext, settled: Promise<unknown>): Promise<void> {
  const { clock, handOver, parameters } = c;
  let isSettled = false;
  settled.then(() => {
    isSettled = true;
  });
  let silence = 0;
  while (!isSettled) {
    await firstOf(clock, Math.min(LOOK, parameters.timeout), settled);
    if (isSettled) return;
    silence += Math.min(LOOK, parameters.timeout);
    if (handOver.state.phase === "moving") {
      if (silence < parameters.timeout) continue;
      const message = `The destination has everything, and has said nothing for ${parameters.timeout} ms.`;
      c.failure ??= new MigrationError("timeout", "source", "wait", "", message);
      await handOver.post({ on: "failed" });
    } else if (c.mayTalk) await handOver.post({ on: "timeout" });
    else await askAgain(c);
  }
}

/** Connects for the hand-over alone. */
async function askAgain(c: SourceContext): Promise<void> {
  try {
    const connection = new Connection(await c.connect());
    c.connection = connection;
    await connection.say({ kind: "again", move: c.move, purpose: "hand-over" });
    c.mayTalk = true;
    void listen(connection, false, hear(c, connection));
    await c.handOver.post({ on: "connected" });
  } catch {
    // There is none to be had yet.
    c.mayTalk = false;
  }
}

function firstOf(clock: Clock, milliseconds: number, promise: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const callOff = clock.after(milliseconds, resolve);
    promise.then(() => {
      callOff();
      resolve();
    });
  });
}
