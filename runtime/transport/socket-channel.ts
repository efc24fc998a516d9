import { Socket } from "node:net";
import type { Channel } from "./channel.ts";
import { StreamInlet } from "./inlet.ts";
import { OwnBuffer } from "./own-buffer.ts";
import { StreamChannel } from "./stream-channel.ts";

/** Of a socket that was made with the buffer. */
export function bufferedSocketChannel(name: string, socket: Socket, buffer: OwnBuffer): Channel {
  buffer.attach(socket);
  return new StreamChannel({ name, input: { stream: socket, inlet: buffer }, output: socket });
}

/**
 * Of a socket that a server has accepted, and that is paused. Servers make sockets without a buffer of their own, and Node's streams then
 * read 64 KiB at a time into new memory each, which takes a third of the speed. So the socket's handle is put into one that has a buffer.
 * Node documents neither `_handle` nor the option for it, though both are as old as sockets: where they are not as expected, the
 * socket is used as it is.
 */
export function acceptedSocketChannel(name: string, accepted: Socket): Channel {
  const owner = accepted as unknown as { _handle: { readonly useUserBuffer?: unknown } | null | undefined };
  const handle = owner._handle;
  if (typeof handle?.useUserBuffer !== "function") {
    return new StreamChannel({ name, input: { stream: accepted, inlet: new StreamInlet(accepted) }, output: accepted });
  }
  owner._handle = null;
  const buffer = new OwnBuffer();
  const socket = new Socket({ handle, onread: buffer.onread, allowHalfOpen: true } as ConstructorParameters<typeof Socket>[0]);
  // Without its handle, it closes nothing but its own account with the server.
  accepted.destroy();
  return bufferedSocketChannel(name, socket, buffer);
}
