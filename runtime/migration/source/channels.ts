import { Connection } from "../connection.ts";
import { MigrationError } from "../migration-error.ts";
import { PacketSender, writeChannelHello } from "../packet-sender.ts";
import { within } from "../within.ts";
import { connectionOf, type SourceContext } from "./context.ts";
import { broken, drop, fail } from "./hear.ts";

/** Further connections, which pages with content go over; zero pages and all else stay on the first. */
export class Channels {
  readonly #connections: readonly Connection[];
  readonly #senders: readonly PacketSender[];
  #next = 0;
  #packets = 0;

  constructor(connections: readonly Connection[], pageSize: number) {
    this.#connections = connections;
    this.#senders = connections.map(({ outgoing }) => new PacketSender(outgoing.out, pageSize));
  }

  /** Bytes of pages, and about those of what stands before them. */
  sent = 0;

  /** Packets go round the channels in turn. */
  add(block: string, offset: number, content: Uint8Array): void {
    const sender = this.#senders[this.#next] as PacketSender;
    this.sent += content.length;
    if (!sender.add(block, offset, content, this.#packets)) return;
    this.#packets++;
    this.#next = (this.#next + 1) % this.#senders.length;
  }

  /** Ends a part: the destination goes on with the first connection only when it has read all channels up to here. */
  sync(): void {
    for (const sender of this.#senders) if (sender.flush(this.#packets)) this.#packets++;
    for (const sender of this.#senders) sender.sync(this.#packets++);
    for (const { outgoing } of this.#connections) outgoing.out.flush();
  }

  /** Resolves once at most so many pieces wait on each of them. */
  async room(pieces: number): Promise<void> {
    for (const { outgoing } of this.#connections) await outgoing.room(pieces);
  }

  close(): void {
    for (const { channel } of this.#connections) channel.destroy();
  }
}

/** Opens the channels that were agreed on. */
export async function openChannels(c: SourceContext): Promise<void> {
  c.channels?.close();
  c.channels = undefined;
  const { channels, timeout } = c.parameters;
  if (channels === 0) return;
  const connections: Connection[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const late = new MigrationError("timeout", "source", "channels", "", `A further connection was not to be had for ${timeout} ms.`);
    const connection = new Connection(await within(c.clock, timeout, c.connect(), () => late));
    connections.push(connection);
    await connection.say({ kind: "join", move: c.move, channel });
    writeChannelHello(connection.outgoing.out, channel);
    void endsWith(c, connection);
  }
  c.channels = new Channels(connections, c.ram["page-size"]);
}

/** Nothing comes back on a channel: that it ends is all that can be read. */
async function endsWith(c: SourceContext, connection: Connection): Promise<void> {
  const first = connectionOf(c);
  try {
    await connection.channel.read(new Uint8Array(1));
  } catch (error) {
    if (c.connection !== first || c.handOver.state.phase !== "moving") return;
    drop(c);
    fail(c, broken(error));
  }
}
