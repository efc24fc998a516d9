import { sleep } from "../clock.ts";
import { MigrationError } from "../migration-error.ts";
import { Delta } from "../xbzrle-cache.ts";
import { openChannels } from "./channels.ts";
import { check, type SourceContext } from "./context.ts";
import { broken, drop } from "./hear.ts";
import { hello } from "./hello.ts";
import { drain, sendPackage, serve } from "./postcopy.ts";
import { precopy } from "./precopy.ts";
import { setup } from "./setup.ts";
import { complete, switchover } from "./switchover.ts";

const PHASES = [hello, openChannels, setup, precopy, drain, switchover, rest] as const;

/** What another connection may mend. */
const RETRIED: ReadonlySet<string> = new Set(["connection", "timeout"]);

/** Ms before the second try to connect again; twice as many before each further one. */
const FIRST_WAIT = 100;

/**
 * Sends everything. A connection that breaks while the guest runs costs what was on its way, which is sent again; behind the pause it ends
 * the move, as the guest would stand still.
 */
export async function send(c: SourceContext): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      for (const phase of PHASES) {
        await phase(c);
        check(c);
      }
      return;
    } catch (error) {
      const failure = c.failure instanceof MigrationError ? c.failure : broken(error);
      drop(c);
      const isPaused = c.guest.isRunning !== c.wasRunning || c.isPostcopy || c.handOver.state.phase !== "moving";
      if (!RETRIED.has(failure.code) || isPaused || attempt > c.parameters.retries) throw failure;
      c.events?.({ event: "retry", attempt, message: failure.message });
      await sleep(c.clock, FIRST_WAIT * 2 ** (attempt - 1));
      if (c.wasCancelled) throw failure;
      c.failure = undefined;
      // What the destination holds of a page that was on its way is not known.
      if (c.xbzrle !== undefined) c.delta = new Delta(c.guest.blocks, c.xbzrle);
      c.pages.delta = undefined;
    }
  }
}

/** What there is to send when the guest stands still: all of it, or what it needs to run. */
async function rest(c: SourceContext): Promise<void> {
  if (!c.asked.postcopy) return complete(c);
  await sendPackage(c);
  await serve(c);
}
