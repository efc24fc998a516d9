import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type Address, formatTcp } from "./address.ts";
import { type Channel, ChannelError } from "./channel.ts";
import { type Deadline, PATIENCE_MS, systemAfter } from "./deadline.ts";
import { OwnBuffer } from "./own-buffer.ts";
import { bufferedSocketChannel } from "./socket-channel.ts";

export type SocketAddress = Extract<Address, { readonly kind: "tcp" | "unix" }>;

export async function connectSocket(address: SocketAddress, deadline: Deadline): Promise<Channel> {
  const buffer = new OwnBuffer();
  const socket = connect({ ...target(address), allowHalfOpen: true, noDelay: true, keepAlive: true, onread: buffer.onread });
  const channel = bufferedSocketChannel(socketName(address), socket, buffer);
  await connected(channel, socket, "connect", deadline);
  return channel;
}

export function socketName(address: SocketAddress): string {
  return address.kind === "unix" ? `unix:${address.path}` : formatTcp(address.host, address.port);
}

export function target(address: SocketAddress): { readonly path: string } | { readonly host: string; readonly port: number } {
  if (address.kind === "unix") return { path: address.path };
  return { host: address.host === "" ? "localhost" : address.host, port: address.port };
}

/** Waits for the event; where another comes first, or none in time, the channel is destroyed. */
export async function connected(
  { name, destroy }: Channel,
  socket: Socket,
  event: "connect" | "secureConnect",
  { milliseconds = PATIENCE_MS, after = systemAfter }: Deadline,
): Promise<void> {
  const late = new AbortController();
  const callOff = after(milliseconds, () => late.abort());
  try {
    await once(socket, event, { signal: late.signal });
  } catch (error) {
    destroy();
    if (late.signal.aborted) throw new ChannelError("timeout", name, `${name} did not answer within ${milliseconds} ms.`);
    if (error instanceof ChannelError) throw error;
    throw new ChannelError("refused", name, `${name} cannot be connected to: ${(error as Error).message}.`, error);
  } finally {
    callOff();
  }
}
