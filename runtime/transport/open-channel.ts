import { parseAddress } from "./address.ts";
import type { Channel } from "./channel.ts";
import { connectSocket } from "./connect-socket.ts";
import type { Deadline } from "./deadline.ts";

export interface OpenOptions extends Deadline {}

/** Goes to the address; fails with ChannelError when nobody is there. */
export async function openChannel(text: string, options: OpenOptions = {}): Promise<Channel> {
  const address = parseAddress(text);
  switch (address.kind) {
    case "tcp":
    case "unix":
      return connectSocket(address, options);
    default:
      throw new Error(address.kind);
  }
}
