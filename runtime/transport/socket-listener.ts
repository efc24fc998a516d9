import type { Server, Socket } from "node:net";
import { type Channel, ChannelError, type Listener } from "./channel.ts";

/** So many may have connected without having been accepted yet. */
const PENDING = 8;

export interface ListenOptions {
  /** Connections that wait to be accepted, or to show who they are; those beyond are closed at once. 8. */
  readonly pending?: number;
  /** Is told why somebody who connected is not accepted. */
  readonly turnedAway?: (reason: ChannelError) => void;
}

/** Makes a channel of what connected; takes as long as it takes the other side to show who it is, and fails when it does not. */
export type Welcome = (name: string, socket: Socket) => Promise<() => Channel>;

interface Waiting {
  readonly resolve: (channel: Channel) => void;
  readonly reject: (error: ChannelError) => void;
}

/** Gives connections in the order in which they are ready. Nobody who connects can make `accept` fail. */
export class SocketListener implements Listener {
  readonly name: string;
  readonly #server: Server;
  readonly #welcome: Welcome;
  readonly #options: ListenOptions;
  /** All that are not accepted yet. */
  readonly #pending = new Set<Socket>();
  readonly #ready: (readonly [Socket, () => Channel])[] = [];
  readonly #waiting: Waiting[] = [];
  #closed: ChannelError | undefined;

  constructor(name: string, server: Server, welcome: Welcome, options: ListenOptions) {
    this.name = name;
    this.#server = server;
    this.#welcome = welcome;
    this.#options = options;
    server.on("connection", (socket) => void this.#connected(socket));
  }

  readonly accept = async (): Promise<Channel> => {
    if (this.#closed !== undefined) throw this.#closed;
    const ready = this.#ready.shift();
    if (ready !== undefined) return this.#handOver(...ready);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  };

  /** Those that wait are turned away; channels that were accepted stay. */
  readonly close = async (): Promise<void> => {
    const closed = new ChannelError("closed", this.name, `${this.name} is not listened on any more.`);
    this.#closed = closed;
    for (const { reject } of this.#waiting.splice(0)) reject(closed);
    for (const socket of this.#pending) socket.destroy();
    // Its callback would wait for the channels.
    this.#server.close();
  };

  async #connected(socket: Socket): Promise<void> {
    const turnAway = (reason: ChannelError): void => {
      socket.destroy();
      this.#options.turnedAway?.(reason);
    };
    socket.on("error", () => undefined);
    const limit = this.#options.pending ?? PENDING;
    if (this.#pending.size >= limit) {
      return turnAway(new ChannelError("limit", this.name, `${limit} connections to ${this.name} wait already; one more was closed.`));
    }
    this.#pending.add(socket);
    socket.once("close", () => this.#forget(socket));
    try {
      const open = await this.#welcome(this.name, socket);
      if (!this.#pending.has(socket)) return;
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#ready.push([socket, open]);
      else waiting.resolve(this.#handOver(socket, open));
    } catch (error) {
      turnAway(error as ChannelError);
    }
  }

  #handOver(socket: Socket, open: () => Channel): Channel {
    this.#pending.delete(socket);
    return open();
  }

  #forget(socket: Socket): void {
    this.#pending.delete(socket);
    const at = this.#ready.findIndex(([ready]) => ready === socket);
    if (at >= 0) this.#ready.splice(at, 1);
  }
}
