import type { TLSSocket } from "node:tls";
import { type Channel, ChannelError } from "./channel.ts";
import { StreamInlet } from "./inlet.ts";
import { StreamChannel } from "./stream-channel.ts";

/** PEM texts. Both sides show a certificate that the authority signed. */
export interface Credentials {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
  /** What the other side's certificate must be made out to. Who connects expects the host that it connects to, who listens anybody. */
  readonly peer?: string;
}

/** Nothing older: there, certificates are not seen by others, and no side can be talked into less. */
export const MINIMUM_TLS = "TLSv1.3";

export function contextOf({ ca, cert, key }: Credentials): Pick<Credentials, "ca" | "cert" | "key"> {
  return { ca, cert, key };
}

export function tlsChannel(name: string, socket: TLSSocket): Channel {
  const input = { stream: socket, inlet: new StreamInlet(socket) };
  return new StreamChannel({ name, input, output: socket, explain: (error) => distrust(name, error) });
}

/** What says that one side does not trust the other; undefined for an error of the network. */
export function distrust(name: string, error: unknown): ChannelError | undefined {
  if (!(error instanceof Error) || !/^ERR_(SSL|TLS)|CERT|UNABLE_TO/.test((error as NodeJS.ErrnoException).code ?? "")) return undefined;
  return new ChannelError("untrusted", name, `The other side of ${name} and this one do not trust each other: ${reasonOf(error)}.`, error);
}

/** Of an error that OpenSSL reports, its own words without the place in its sources. */
export function reasonOf(error: Error): string {
  return (error as { reason?: string }).reason ?? error.message;
}

/** What cannot be made of the credentials fails as `usage`. */
export function orUsage<T>(name: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new ChannelError("usage", name, `The certificates for ${name} cannot be used: ${(error as Error).message}.`, error);
  }
}
