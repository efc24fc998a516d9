import { fstatSync, readvSync, writevSync } from "node:fs";
import { Socket } from "node:net";
import { type Channel, ChannelError } from "./channel.ts";
import { fileChannel } from "./file-channel.ts";
import { OwnBuffer } from "./own-buffer.ts";
import { StreamChannel } from "./stream-channel.ts";

/** Of a descriptor that this process was given: a socket, a pipe or a file. It is closed with the channel. */
export function fdChannel(fd: number): Channel {
  const name = `fd:${fd}`;
  const { isFile, isSocket } = kindOf(fd, name);
  const readable = isSocket || works(() => readvSync(fd, [new Uint8Array(0)]));
  const writable = isSocket || works(() => writevSync(fd, [new Uint8Array(0)]));
  if (isFile) return fileChannel({ name, fd, direction: readable ? "read" : "write" });
  const buffer = new OwnBuffer();
  const socket = new Socket({ fd, readable, writable, allowHalfOpen: true, ...(readable ? { onread: buffer.onread } : {}) });
  buffer.attach(socket);
  return new StreamChannel({
    name,
    ...(readable ? { input: { stream: socket, inlet: buffer } } : {}),
    ...(writable ? { output: socket } : {}),
  });
}

function kindOf(fd: number, name: string): { readonly isFile: boolean; readonly isSocket: boolean } {
  try {
    const status = fstatSync(fd);
    const [isFile, isSocket] = [status.isFile(), status.isSocket()];
    if (isFile || isSocket || status.isFIFO()) return { isFile, isSocket };
  } catch (error) {
    throw new ChannelError("refused", name, `${name} is not open in this process.`, error);
  }
  throw new ChannelError("refused", name, `${name} is no socket, pipe or file.`);
}

/** A call that moves no byte still fails where its direction is not open. */
function works(call: () => unknown): boolean {
  try {
    call();
    return true;
  } catch {
    return false;
  }
}
