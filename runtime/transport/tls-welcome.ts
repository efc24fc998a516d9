import type { Socket } from "node:net";
import { checkServerIdentity, createServer, type TLSSocket, type TlsOptions } from "node:tls";
import { ChannelError } from "./channel.ts";
import { type Credentials, contextOf, MINIMUM_TLS, orUsage, reasonOf, tlsChannel } from "./credentials.ts";
import { type Deadline, PATIENCE_MS, systemAfter } from "./deadline.ts";
import type { Welcome } from "./socket-listener.ts";

/** Asks whoever connects for its certificate; until that is found good, it gets no byte. Fails as `usage` where the credentials are none. */
export function tlsWelcome(name: string, credentials: Credentials, deadline: Deadline): Welcome {
  // Who is not authorized is turned away here, where it is known why; Node would only close. Its own timeout asks the system's clock.
  const options: TlsOptions = {
    ...contextOf(credentials),
    minVersion: MINIMUM_TLS,
    requestCert: true,
    rejectUnauthorized: false,
    handshakeTimeout: 2 ** 31 - 1,
  };
  orUsage(name, () => createServer(options));
  return async (name, raw) => {
    const socket = await handshake(name, raw, options, deadline);
    const reason = whyNot(socket, credentials.peer);
    if (reason === undefined) return () => tlsChannel(name, socket);
    socket.destroy();
    throw untrusted(name, reason);
  };
}

function whyNot(socket: TLSSocket, peer: string | undefined): string | undefined {
  const certificate = socket.getPeerCertificate();
  if (Object.keys(certificate).length === 0) return "it showed no certificate";
  if (!socket.authorized) return `${socket.authorizationError ?? "its certificate is not good"}`;
  return peer === undefined ? undefined : checkServerIdentity(peer, certificate)?.message;
}

/** A server of its own for each, which never listens: so it is known of which socket it speaks, and no session goes on in another. */
function handshake(name: string, raw: Socket, options: TlsOptions, { milliseconds = PATIENCE_MS, after = systemAfter }: Deadline) {
  return new Promise<TLSSocket>((resolve, reject) => {
    const callOff = after(milliseconds, () => {
      reject(new ChannelError("timeout", name, `Whoever connected to ${name} did not show a certificate within ${milliseconds} ms.`));
    });
    const server = createServer(options);
    server.once("secureConnection", (socket) => {
      callOff();
      // Before that, who ends is gone, and shows no certificate any more.
      socket.allowHalfOpen = true;
      socket.on("error", () => undefined);
      resolve(socket);
    });
    server.once("tlsClientError", (error) => {
      callOff();
      reject(untrusted(name, reasonOf(error)));
    });
    raw.allowHalfOpen = false;
    server.emit("connection", raw);
  });
}

function untrusted(name: string, reason: string): ChannelError {
  return new ChannelError("untrusted", name, `Whoever connected to ${name} did not show a certificate that is trusted: ${reason}.`);
}
