import { isIP, type Socket } from "node:net";
import { checkServerIdentity, connect, createServer, type TLSSocket, type TlsOptions } from "node:tls";
import { type Channel, ChannelError } from "./channel.ts";
import { connected, type SocketAddress, socketName, target } from "./connect-socket.ts";
import { type Deadline, PATIENCE_MS, systemAfter } from "./deadline.ts";
import { StreamInlet } from "./inlet.ts";
import type { Welcome } from "./socket-listener.ts";
import { StreamChannel } from "./stream-channel.ts";

/** PEM texts. Both sides show a certificate that the authority signed. */
export interface Credentials {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** What the other side's certificate must be made out to. Who connects expects the host that it connects to, who listens anybody. */
  readonly peer?: string;
}

/** As both sides have it: nothing older, and nobody without a certificate. */
const STRICT = { minVersion: "TLSv1.3", rejectUnauthorized: true, requestCert: true, allowHalfOpen: true } as const;

export async function connectTls(address: SocketAddress, credentials: Credentials, deadline: Deadline): Promise<Channel> {
  const name = socketName(address);
  const to = target(address);
  const peer = credentials.peer ?? ("host" in to ? to.host : "localhost");
  const options = { ...STRICT, ...to, ...pick(credentials), servername: isIP(peer) === 0 ? peer : "" };
  const socket = orUsage(name, () => connect({ ...options, checkServerIdentity: (_, cert) => checkServerIdentity(peer, cert) }));
  const channel = tlsChannel(name, socket);
  try {
    await connected(channel, socket, "secureConnect", deadline);
  } catch (error) {
    throw explain(name, (error as ChannelError).cause) ?? error;
  }
  socket.setNoDelay(true);
  return channel;
}

/** Fails as `usage` where the credentials are none. */
export function tlsWelcome(name: string, credentials: Credentials, deadline: Deadline): Welcome {
  const options: TlsOptions = { ...STRICT, ...pick(credentials), handshakeTimeout: 2 ** 31 - 1 };
  orUsage(name, () => createServer(options));
  return async (name, raw) => {
    const socket = await handshake(name, raw, options, deadline);
    const peer = credentials.peer;
    const stranger = peer === undefined ? undefined : checkServerIdentity(peer, socket.getPeerCertificate());
    if (stranger !== undefined) {
      socket.destroy();
      throw new ChannelError("untrusted", name, `Whoever connected to ${name} is not '${peer}': ${stranger.message}.`, stranger);
    }
    return () => tlsChannel(name, socket);
  };
}

/** A server of its own for each, which never listens: so it is known of which socket it speaks. */
function handshake(name: string, raw: Socket, options: TlsOptions, { milliseconds = PATIENCE_MS, after = systemAfter }: Deadline) {
  return new Promise<TLSSocket>((resolve, reject) => {
    const callOff = after(milliseconds, () => {
      reject(new ChannelError("timeout", name, `Whoever connected to ${name} did not show a certificate within ${milliseconds} ms.`));
    });
    const server = createServer(options);
    server.once("secureConnection", (socket) => {
      callOff();
      socket.on("error", () => undefined);
      resolve(socket);
    });
    server.once("tlsClientError", (error) => {
      callOff();
      reject(
        new ChannelError("untrusted", name, `Whoever connected to ${name} did not show a trusted certificate: ${error.message}.`, error),
      );
    });
    server.emit("connection", raw);
  });
}

function tlsChannel(name: string, socket: TLSSocket): Channel {
  const input = { stream: socket, inlet: new StreamInlet(socket) };
  return new StreamChannel({ name, input, output: socket, explain: (error) => explain(name, error) });
}

/** What says that one side does not trust the other; an error of the network has another code. */
function explain(name: string, error: unknown): ChannelError | undefined {
  const { code = "", message } = (error ?? {}) as { code?: string; message?: string };
  if (!/^ERR_(SSL|TLS)|CERT|UNABLE_TO/.test(code)) return undefined;
  return new ChannelError("untrusted", name, `The other side of ${name} and this one do not trust each other: ${message}.`, error);
}

function pick({ ca, cert, key }: Credentials): Pick<Credentials, "ca" | "cert" | "key"> {
  return { ca, cert, key };
}

function orUsage<T>(name: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new ChannelError("usage", name, `The certificates for ${name} cannot be used: ${(error as Error).message}.`, error);
  }
}
