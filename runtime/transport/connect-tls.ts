import { isIP } from "node:net";
import { type ConnectionOptions, checkServerIdentity, connect } from "node:tls";
import { type Channel, ChannelError } from "./channel.ts";
import { connected, type SocketAddress, socketName, target } from "./connect-socket.ts";
import { type Credentials, contextOf, distrust, MINIMUM_TLS, orUsage, tlsChannel } from "./credentials.ts";
import type { Deadline } from "./deadline.ts";

/** More than the buffers of two sockets hold: whoever took it has read some of it. */
const READ_BY_OTHER = 64 << 20;

export async function connectTls(address: SocketAddress, credentials: Credentials, deadline: Deadline): Promise<Channel> {
  const name = socketName(address);
  const to = target(address);
  const peer = credentials.peer ?? ("host" in to ? to.host : "localhost");
  const options: ConnectionOptions & { readonly allowHalfOpen: boolean } = {
    ...to,
    ...contextOf(credentials),
    minVersion: MINIMUM_TLS,
    allowHalfOpen: true,
    servername: isIP(peer) === 0 ? peer : "",
    checkServerIdentity: (_, certificate) => checkServerIdentity(peer, certificate),
  };
  const socket = orUsage(name, () => connect(options));
  const channel = tlsChannel(name, socket);
  try {
    await connected(channel, socket, "secureConnect", deadline);
  } catch (error) {
    throw distrust(name, (error as ChannelError).cause) ?? error;
  }
  socket.setNoDelay(true);
  return untilHeard(channel);
}

/**
 * Who connects has done its part before the other side has looked at its certificate, and Node closes without a word where that is not
 * trusted. So an end before the first byte is taken for that.
 */
function untilHeard(channel: Channel): Channel {
  const { name } = channel;
  let [isHeard, written] = [false, 0];
  const doubt = (error: unknown): unknown => {
    if (isHeard || written > READ_BY_OTHER || !(error instanceof ChannelError) || error.code !== "broken") return error;
    return silent(name, error);
  };
  return {
    ...channel,
    write: async (bytes) => {
      await channel.write(bytes).catch((error: unknown) => Promise.reject(doubt(error)));
      written += bytes.length;
    },
    read: async (into) => {
      const count = await channel.read(into).catch((error: unknown) => Promise.reject(doubt(error)));
      isHeard ||= count > 0;
      if (!isHeard && written <= READ_BY_OTHER && into.length > 0) throw silent(name);
      return count;
    },
  };
}

function silent(name: string, cause?: unknown): ChannelError {
  const message = `The other side of ${name} ended before it said anything, as it does with who shows no certificate that it trusts.`;
  return new ChannelError("untrusted", name, message, cause);
}
