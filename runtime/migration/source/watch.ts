import type { Connection } from "../connection.ts";
import type { SourcePhase } from "../hand-over/source.ts";
import { MigrationError } from "../migration-error.ts";
import { type SourceContext, sentBytes } from "./context.ts";
import { drop, fail, markPaused } from "./hear.ts";

/** Phases in which there is something to send. */
const IN_PRECOPY: ReadonlySet<SourcePhase> = new Set(["moving"]);
const IN_POSTCOPY: ReadonlySet<SourcePhase> = new Set(["moving", "giving", "given", "serving"]);

/** A destination that takes nothing and answers nothing is gone, even where the connection does not tell. */
export function watch(c: SourceContext, connection: Connection): void {
  const { clock, parameters } = c;
  let before = -1;
  const look = (): void => {
    const { phase } = c.handOver.state;
    if (c.connection !== connection || !(c.isPostcopy ? IN_POSTCOPY : IN_PRECOPY).has(phase)) return;
    const { outgoing } = connection;
    const heard = outgoing.taken + c.link.taken;
    const isWaiting = outgoing.out.offset > outgoing.taken || c.link.onTheWay(sentBytes(c)) > 0;
    if (isWaiting && heard === before) {
      const message = `The destination has taken nothing for ${parameters.timeout} ms.`;
      fail(c, new MigrationError("timeout", "source", c.status, "", message));
      drop(c);
      markPaused(c);
      if (phase !== "moving") void c.handOver.post({ on: "disconnected" });
      return;
    }
    before = heard;
    clock.after(parameters.timeout, look);
  };
  clock.after(parameters.timeout, look);
}
