// Speed of our channels between two processes, beside C: `npm run bench:channel [-- --pairs N] [--gib N] [--node PATH]`.
import { type ChildProcess, spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { openChannel } from "../../runtime/transport/open-channel.ts";
import { openListener } from "../../runtime/transport/open-listener.ts";
import { pairedRatio } from "../codec/statistics.ts";
import { inTemporaryFolder } from "../in-temporary-folder.ts";
import { line, median } from "../measure.ts";
import { compilePeer, type Program, speed, TCP } from "./copy-peer.ts";

const BLOCK = 1 << 20;
/** As large as the peer's: of a guest, and of no cache. */
const MEMORY = 256 << 20;
/** Of our speed beside the peer's. */
const BAR = 0.5;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: "string" }, gib: { type: "string" }, node: { type: "string" } },
});

/** As the peer does: block by block over memory that was touched. */
async function receive(address: string): Promise<void> {
  const memory = Buffer.alloc(MEMORY, 1);
  const listener = await openListener(address);
  console.log(`listening ${/\d*$/.exec(listener.name)?.[0] ?? ""}`);
  const channel = await listener.accept();
  await listener.close();
  let [start, done] = [0, 0];
  for (;;) {
    const at = done % MEMORY;
    const length = await channel.read(memory.subarray(at, at + BLOCK - (at % BLOCK)));
    if (length === 0) break;
    if (done === 0) start = performance.now();
    done += length;
  }
  printSpeed(done, start);
  await channel.end();
}

async function send(address: string, bytes: number): Promise<void> {
  const memory = Buffer.alloc(MEMORY, 1);
  const channel = await openChannel(address);
  const start = performance.now();
  for (let done = 0; done < bytes; done += BLOCK) await channel.write(memory.subarray(done % MEMORY, (done % MEMORY) + BLOCK));
  await channel.end();
  if ((await channel.read(new Uint8Array(1))) !== 0) throw new Error("The receiver says something.");
  printSpeed(bytes, start);
}

function printSpeed(bytes: number, start: number): void {
  console.log(JSON.stringify({ bytes, bytesPerSecond: (bytes * 1000) / (performance.now() - start) }));
}

function ours(role: "send" | "receive", address: string, bytes: string[]): ChildProcess {
  const text = address.startsWith("/") ? `unix:${address}` : `tcp:${address}`;
  return spawn(values.node ?? process.execPath, ["dist/channel-bench.cjs", role, text, ...bytes], { stdio: ["ignore", "pipe", "inherit"] });
}

async function compare(label: string, peer: Program | undefined, address: () => string): Promise<boolean> {
  const [pairs, bytes] = [Number(values.pairs ?? "9"), Number(values.gib ?? "2") * 2 ** 30];
  const [own, other]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < pairs; pair++) {
    if (peer !== undefined && pair % 2 === 1) other.push(await speed(peer, address(), bytes));
    own.push(await speed(ours, address(), bytes));
    if (peer !== undefined && pair % 2 === 0) other.push(await speed(peer, address(), bytes));
  }
  const gb = (speeds: readonly number[]): string =>
    `${(median(speeds) / 1e9).toFixed(2)} GB/s (${speeds.map((s) => (s / 1e9).toFixed(1)).join(" ")})`;
  console.log(`${label}: ${gb(own)}`);
  if (peer === undefined) return true;
  const ratio = pairedRatio(own, other).median;
  console.log(`${label}, C: ${gb(other)}`);
  console.log(line(`${label}, beside C`, ratio, "x", `>= ${BAR}`, ratio >= BAR));
  return ratio >= BAR;
}

async function main([role, address = "", bytes = "0"]: readonly string[]): Promise<void> {
  if (role === "receive") return receive(address);
  if (role === "send") return send(address, Number(bytes));
  await inTemporaryFolder(async ({ file }) => {
    const peer = compilePeer(file("copy-peer"));
    if (peer === undefined) console.log("peer absent: there is no C compiler");
    let next = 0;
    const unix = await compare("unix socket", peer, () => file(`${next++}.sock`));
    const tcp = await compare("tcp", peer, () => TCP);
    process.exitCode = unix && tcp ? 0 : 1;
  });
}

main(positionals).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
