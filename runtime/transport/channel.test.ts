import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { build } from "esbuild";
import { memoryPair } from "./memory-channel.ts";
import { type OpenOptions, openChannel } from "./open-channel.ts";
import { type ListenerOptions, openListener } from "./open-listener.ts";
import { channelContract, type Pair } from "./proof/channel-contract.ts";
import { credentialsOf } from "./proof/credentials.ts";
import { temporaryFolder } from "./proof/temporary.ts";
import { acceptedSocketChannel } from "./socket-channel.ts";

const file = temporaryFolder();
let next = 0;

async function connectPair(address: string, to: OpenOptions = {}, at: ListenerOptions = {}): Promise<Pair> {
  const listener = await openListener(address, at);
  const ends = await Promise.all([openChannel(listener.name, to), listener.accept()]);
  return { ends, release: () => listener.close() };
}

/** By way of a process that was given its descriptors. */
async function echo(command: (program: string) => string): Promise<Pair> {
  const channel = await openChannel(`exec:${command(`'${process.execPath}' '${program}' fd:0 fd:1`)}`);
  return { ends: [channel, channel] };
}

const program = file("echo.mjs");
await build({ entryPoints: ["runtime/transport/proof/echo.ts"], bundle: true, platform: "node", format: "esm", outfile: program });

const tls = { to: { tls: credentialsOf("source", "authority", "destination.test") }, at: { tls: credentialsOf("destination") } };

channelContract("memory", async () => ({ ends: memoryPair() }));
channelContract("unix", () => connectPair(`unix:${file(`${next++}.sock`)}`));
channelContract("unix, where Node is not as expected", async () => {
  const path = file(`${next++}.sock`);
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }).listen(path);
  const connection = once(server, "connection");
  const channel = await openChannel(`unix:${path}`);
  const [socket] = (await connection) as [Socket];
  Object.defineProperty((socket as unknown as { _handle: object })._handle, "useUserBuffer", { value: undefined });
  return { ends: [channel, acceptedSocketChannel(`unix:${path}`, socket)], release: () => void server.close() };
});
channelContract("tcp", () => connectPair("tcp:127.0.0.1:0"));
channelContract("tls over tcp", () => connectPair("tcp:127.0.0.1:0", tls.to, tls.at));
channelContract("tls over unix", () => connectPair(`unix:${file(`${next++}.sock`)}`, tls.to, tls.at));
channelContract("exec:cat", () => echo(() => "cat"));
channelContract("fd of sockets", () => echo((copies) => copies));
channelContract("fd of pipes", () => echo((copies) => `cat | ${copies} | cat`));
