import type { Clock } from "../clock.ts";
import { Connection } from "../connection.ts";
import { MigrationError } from "../migration-error.ts";
import { listen } from "../peer.ts";
import { within } from "../within.ts";
import type { SourceContext } from "./context.ts";
import { drop, fail, hear, markPaused } from "./hear.ts";
import { Link } from "./link.ts";
import { serveAgain } from "./postcopy.ts";
import { watch } from "./watch.ts";

/** Ms between two looks at a hand-over that has not ended, and between two tries to connect. */
const LOOK = 1000;

/**
 * Waits until it is known who runs the guest. Before the source has given it away the destination's silence ends the move; behind that
 * nothing does but the destination's word, or somebody who knows of both.
 */
export async function settle(c: SourceContext, settled: Promise<unknown>): Promise<void> {
  const { clock, handOver, parameters } = c;
  const look = Math.min(LOOK, parameters.timeout);
  let [isSettled, silence] = [false, 0];
  void settled.then(() => {
    isSettled = true;
  });
  await Promise.resolve();
  while (!isSettled) {
    if (c.connection === undefined && isGiven(c)) await again(c);
    await firstOf(clock, look, settled);
    if (isSettled) return;
    silence += look;
    if (silence < parameters.timeout) continue;
    silence = 0;
    if (handOver.state.phase === "moving") {
      const message = `The destination has everything, and has said nothing for ${parameters.timeout} ms.`;
      fail(c, new MigrationError("timeout", "source", "wait", "", message));
      await handOver.post({ on: "failed" });
    } else if (c.connection !== undefined) await handOver.post({ on: "timeout" });
  }
}

function isGiven({ handOver }: SourceContext): boolean {
  return handOver.state.phase === "given" || handOver.state.phase === "serving";
}

/** Connects for what is left to do: in post-copy memory, and the hand-over. */
async function again(c: SourceContext): Promise<void> {
  const { clock, parameters } = c;
  markPaused(c);
  const late = (): MigrationError => new MigrationError("timeout", "source", "again", "", "There is no connection to the destination.");
  try {
    const connection = new Connection(await within(clock, parameters.timeout, c.connect(), late));
    c.connection = connection;
    c.link = new Link();
    c.failure = undefined;
    c.received.clear();
    await connection.say({ kind: "again", move: c.move, purpose: c.isPostcopy ? "postcopy" : "hand-over" });
    void listen(connection, hear(c, connection));
    watch(c, connection);
    await c.handOver.post({ on: "connected" });
    if (c.isPostcopy) await serveAgain(c);
  } catch (error) {
    // There is none to be had yet. Whoever takes the guest back meanwhile has to be told why.
    fail(c, error);
    drop(c);
    markPaused(c);
  }
}

function firstOf(clock: Clock, milliseconds: number, promise: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const callOff = clock.after(milliseconds, resolve);
    void promise.then(() => {
      callOff();
      resolve();
    });
  });
}
