import { parseAddress } from "./address.ts";
import { ChannelError, type Listener } from "./channel.ts";
import type { Credentials } from "./credentials.ts";
import type { Deadline } from "./deadline.ts";
import { isListening } from "./is-listening.ts";
import { type Exposure, listenFd, listenSocket } from "./listen-socket.ts";
import { openChannel } from "./open-channel.ts";
import { singleListener } from "./single-listener.ts";
import { acceptedSocketChannel } from "./socket-channel.ts";
import type { ListenOptions, Welcome } from "./socket-listener.ts";
import { tlsWelcome } from "./tls-welcome.ts";

/** The deadline is for whoever connects to show who it is. */
export interface ListenerOptions extends ListenOptions, Exposure, Deadline {
  /** Of sockets: who cannot show a certificate is turned away. */
  readonly tls?: Credentials;
}

/** Waits at the address; of a command, a file, or a descriptor that does not listen, there is but one channel. Fails with ChannelError. */
export async function openListener(text: string, options: ListenerOptions = {}): Promise<Listener> {
  const address = parseAddress(text);
  const plain: Welcome = async (name, socket) => () => acceptedSocketChannel(name, socket);
  const welcome = options.tls === undefined ? plain : tlsWelcome(text, options.tls, options);
  if (address.kind === "tcp" || address.kind === "unix") return listenSocket(address, welcome, options);
  if (address.kind === "fd" && isListening(address.fd)) return listenFd(address.fd, welcome, options);
  if (options.tls === undefined) return singleListener(text, () => openChannel(text, { ...options, direction: "read" }));
  throw new ChannelError("usage", text, `${text} does not listen, so there is nobody to ask for a certificate.`);
}
