import { parseAddress } from "./address.ts";
import type { Listener } from "./channel.ts";
import { type Exposure, listenSocket } from "./listen-socket.ts";
import { acceptedSocketChannel } from "./socket-channel.ts";
import type { ListenOptions } from "./socket-listener.ts";

export interface ListenerOptions extends ListenOptions, Exposure {}

/** Waits at the address; fails with ChannelError when it cannot. */
export async function openListener(text: string, options: ListenerOptions = {}): Promise<Listener> {
  const address = parseAddress(text);
  switch (address.kind) {
    case "tcp":
    case "unix":
      return listenSocket(address, async (name, socket) => () => acceptedSocketChannel(name, socket), options);
    default:
      throw new Error(address.kind);
  }
}
