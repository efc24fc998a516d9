import { parseAddress } from "./address.ts";
import { type Channel, ChannelError } from "./channel.ts";
import { connectSocket } from "./connect-socket.ts";
import { connectTls } from "./connect-tls.ts";
import type { Credentials } from "./credentials.ts";
import type { Deadline } from "./deadline.ts";
import { execChannel } from "./exec-channel.ts";
import { fdChannel } from "./fd-channel.ts";
import { type FileDirection, openFileChannel } from "./file-channel.ts";

/** The deadline is for the connection, where there is one to be made. */
export interface OpenOptions extends Deadline {
  /** Which of the two a file is for: it is written without it. */
  readonly direction?: FileDirection;
  /** Of sockets: both sides show who they are, and nobody else sees a byte. */
  readonly tls?: Credentials;
}

/** Goes to the address. Fails with ChannelError. */
export async function openChannel(text: string, options: OpenOptions = {}): Promise<Channel> {
  const address = parseAddress(text);
  if (options.tls !== undefined && address.kind !== "tcp" && address.kind !== "unix") {
    throw new ChannelError("usage", text, `${text} is no socket, so there is nobody to show a certificate to.`);
  }
  switch (address.kind) {
    case "tcp":
    case "unix":
      return options.tls === undefined ? connectSocket(address, options) : connectTls(address, options.tls, options);
    case "exec":
      return execChannel(address.command, options);
    case "fd":
      return fdChannel(address.fd);
    case "file":
      return openFileChannel(text, address.path, address.offset, options.direction ?? "write");
  }
}
