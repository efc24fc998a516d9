import type { Connection } from "../connection.ts";
import { MigrationError } from "../migration-error.ts";
import type { SourceContext } from "./context.ts";
import { drop, fail } from "./hear.ts";

/** A destination that takes nothing and answers nothing is gone, even where the connection does not tell. */
export function watch(c: SourceContext, connection: Connection): void {
  const { clock, parameters } = c;
  let before = -1;
  const look = (): void => {
    if (c.connection !== connection || c.handOver.state.phase !== "moving") return;
    const { outgoing } = connection;
    const heard = outgoing.taken + c.link.taken;
    const isWaiting = outgoing.out.offset > outgoing.taken || c.link.onTheWay(outgoing.out.offset) > 0;
    if (isWaiting && heard === before) {
      const message = `The destination has taken nothing for ${parameters.timeout} ms.`;
      fail(c, new MigrationError("timeout", "source", c.status, "", message));
      drop(c);
      return;
    }
    before = heard;
    clock.after(parameters.timeout, look);
  };
  clock.after(parameters.timeout, look);
}
