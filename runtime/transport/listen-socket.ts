import { once } from "node:events";
import { lstatSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { formatTcp, isLoopback } from "./address.ts";
import { ChannelError, type Listener } from "./channel.ts";
import { type SocketAddress, socketName } from "./connect-socket.ts";
import { type ListenOptions, SocketListener, type Welcome } from "./socket-listener.ts";

export interface Exposure {
  /** Other hosts may connect. */
  readonly exposed?: boolean;
}

/** Paused: of who is not accepted yet, nothing is read. */
const SERVER = { allowHalfOpen: true, pauseOnConnect: true, noDelay: true, keepAlive: true } as const;

export async function listenSocket(address: SocketAddress, welcome: Welcome, options: ListenOptions & Exposure): Promise<Listener> {
  const name = socketName(address);
  if (address.kind === "tcp" && !isLoopback(address.host) && options.exposed !== true) {
    const where = address.host === "" ? "all of this host's addresses" : `'${address.host}'`;
    throw new ChannelError(
      "usage",
      name,
      `${name} would listen on ${where}, for other hosts to come; that is only done when it is asked for.`,
    );
  }
  const server = createServer(SERVER);
  try {
    await bind(server, address);
  } catch (error) {
    if (address.kind !== "unix" || (error as NodeJS.ErrnoException).code !== "EADDRINUSE" || !(await isStale(address.path))) {
      throw new ChannelError("refused", name, `${name} cannot be listened on: ${(error as Error).message}.`, error);
    }
    rmSync(address.path, { force: true });
    await bind(server, address);
  }
  const had = address.kind === "unix" ? name : formatTcp(address.host, (server.address() as AddressInfo).port);
  return new SocketListener(had, server, welcome, options);
}

/** On a socket that already listens, by the will of whoever gave it to this process. */
export async function listenFd(fd: number, welcome: Welcome, options: ListenOptions): Promise<Listener> {
  const server = createServer(SERVER);
  server.listen({ fd });
  await once(server, "listening");
  return new SocketListener(`fd:${fd}`, server, welcome, options);
}

async function bind(server: Server, address: SocketAddress): Promise<void> {
  if (address.kind === "unix") server.listen(address.path);
  else if (address.host === "") server.listen(address.port);
  else server.listen(address.port, address.host);
  await once(server, "listening");
}

/** A socket that nobody listens on any more; a file of another kind is somebody's. */
async function isStale(path: string): Promise<boolean> {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSocket()) return false;
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ECONNREFUSED";
  } finally {
    socket.destroy();
  }
}
