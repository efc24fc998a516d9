import { type Channel, ChannelError } from "../../transport/channel.ts";
import { Connection } from "../connection.ts";
import { MigrationError } from "../migration-error.ts";
import { listen, refusedBy } from "../peer.ts";
import { PROTOCOL } from "../protocol.ts";
import { within } from "../within.ts";
import type { SourceContext } from "./context.ts";
import { hear } from "./hear.ts";
import { Link } from "./link.ts";
import { watch } from "./watch.ts";

/** Connects, and asks the destination whether it takes this machine, before a byte of it is sent. */
export async function hello(c: SourceContext): Promise<void> {
  const { guest, clock, parameters, metadata, move } = c;
  const late = (): MigrationError =>
    new MigrationError("timeout", "source", "hello", "", `The destination has said nothing for ${parameters.timeout} ms.`);
  const connection = new Connection(await within(clock, parameters.timeout, connected(c), late));
  c.connection = connection;
  c.link = new Link();
  if (c.isFirst) {
    await connection.say({
      kind: "hello",
      protocol: PROTOCOL,
      move,
      machine: guest.machine.name,
      ...(guest.machine.profile === undefined ? {} : { profile: guest.machine.profile }),
      ...(metadata === undefined ? {} : { metadata: metadata.hash }),
      blocks: guest.blocks.map(({ id, size, pageSize }) => ({ id, size, pageSize })),
      capabilities: { channels: parameters.channels, xbzrle: parameters.xbzrleCacheSize > 0, postcopy: parameters.postcopy },
      runs: c.wasRunning,
      boot: c.boot,
    });
  } else await connection.say({ kind: "again", move, purpose: "stream" });
  let answer = await within(clock, parameters.timeout, connection.hear(["metadata?", "accept", "refuse"]), late);
  if (answer.kind === "metadata?") {
    await connection.say({ kind: "metadata", text: (await metadata?.text()) ?? "" });
    answer = await within(clock, parameters.timeout, connection.hear(["accept", "refuse"]), late);
  }
  if (answer.kind === "refuse") throw refusedBy(answer);
  c.isSameHost = answer.kind === "accept" && answer.boot === c.boot && c.boot !== "";
  void listen(connection, hear(c, connection));
  watch(c, connection);
}

/** What no second try would mend is told as such. */
async function connected({ connect }: SourceContext): Promise<Channel> {
  try {
    return await connect();
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    const code = error.code === "usage" || error.code === "untrusted" ? "untrusted" : "connection";
    throw new MigrationError(code, "source", "connect", "", error.message, error);
  }
}
