import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A process that sends so many bytes to an address, or receives what comes there, and prints how fast that was. */
export type Program = (role: "send" | "receive", address: string, bytes: string[]) => ChildProcess;

export const TCP = "127.0.0.1:0";

/** What C reaches; undefined without a compiler. */
export function compilePeer(file: string): Program | undefined {
  const { status, error, stderr } = spawnSync("cc", ["-O2", "-o", file, "bench/migration/copy-peer.c"], { encoding: "utf8" });
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(stderr);
  return (role, address, bytes) => spawn(file, [role, address, ...bytes], { stdio: ["ignore", "pipe", "inherit"] });
}

/** Bytes per second that the receiver sees. */
export async function speed(program: Program, address: string, bytes: number): Promise<number> {
  const receiver = program("receive", address, []);
  if (receiver.stdout === null) throw new Error("The receiver is not heard.");
  const lines = createInterface({ input: receiver.stdout })[Symbol.asyncIterator]();
  const first = (await lines.next()) as { value: string };
  const port = first.value.split(" ")[1] ?? "";
  const sender = program("send", address === TCP ? address.replace(/0$/, port) : address, [`${bytes}`]);
  const ended = Promise.all([once(sender, "exit"), once(receiver, "exit")]);
  const result = (await lines.next()) as { value: string };
  const statuses = (await ended).map(([status]) => status as number);
  if (statuses.some((status) => status !== 0)) throw new Error(`${address}: sender and receiver ended with ${statuses.join(" and ")}.`);
  const read = JSON.parse(result.value) as { bytes: number; bytesPerSecond: number };
  if (read.bytes !== bytes) throw new Error(`${address}: ${read.bytes} bytes were read of ${bytes}.`);
  return read.bytesPerSecond;
}
