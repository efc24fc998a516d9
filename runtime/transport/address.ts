import { ChannelError } from "./channel.ts";

/** Where a channel goes, as it is written: `tcp:HOST:PORT`, `unix:PATH`, `exec:COMMAND`, `fd:N`, `file:PATH[,offset=N]`. */
export type Address =
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "exec"; readonly command: string }
  | { readonly kind: "fd"; readonly fd: number }
  | { readonly kind: "file"; readonly path: string; readonly offset: number };

const KINDS: Readonly<Record<Address["kind"], (rest: string) => Address | undefined>> = {
  tcp: (rest) => {
    const parts = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/.exec(rest);
    if (parts === null || Number(parts[3]) > 0xffff) return undefined;
    return { kind: "tcp", host: parts[1] ?? parts[2] ?? "", port: Number(parts[3]) };
  },
  unix: (path) => (path === "" ? undefined : { kind: "unix", path }),
  exec: (command) => (command === "" ? undefined : { kind: "exec", command }),
  fd: (rest) => (/^\d{1,9}$/.test(rest) ? { kind: "fd", fd: Number(rest) } : undefined),
  file: (rest) => {
    const [path = "", offset = "0", ...more] = rest.split(",offset=");
    if (path === "" || more.length > 0 || !/^(\d+|0x[0-9a-f]+)$/i.test(offset) || !Number.isSafeInteger(Number(offset))) return undefined;
    return { kind: "file", path, offset: Number(offset) };
  },
};

/** Fails with ChannelError `usage`. */
export function parseAddress(text: string): Address {
  const colon = text.indexOf(":");
  const kind = text.slice(0, colon);
  const address = colon > 0 && Object.hasOwn(KINDS, kind) ? KINDS[kind as Address["kind"]](text.slice(colon + 1)) : undefined;
  if (address !== undefined) return address;
  const known = "tcp:HOST:PORT, unix:PATH, exec:COMMAND, fd:N or file:PATH[,offset=N]";
  throw new ChannelError("usage", text, `'${text}' is no address; one is ${known}, with an IPv6 host in brackets.`);
}

export function formatTcp(host: string, port: number): string {
  return `tcp:${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Whether only this host can come there. No name is looked up: of names, only localhost is known. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
