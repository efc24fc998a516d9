// One end of a move, as a process of its own: `end.cjs JSON`, an EndOptions. Prints what it comes to as one line of JSON.
import { randomFillSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { machineCodecs } from "../../cli/machine-codecs.ts";
import { devicesOfStream } from "../../runtime/guest/devices-of-stream.ts";
import type { Guest } from "../../runtime/guest/guest.ts";
import { createSyntheticGuest } from "../../runtime/guest/synthetic/synthetic-guest.ts";
import type { WorkloadSpec } from "../../runtime/guest/workload/index.ts";
import { SYSTEM_CLOCK, sleep } from "../../runtime/migration/clock.ts";
import { POLICIES, type PolicyName } from "../../runtime/migration/convergence/policies.ts";
import { awaitMove } from "../../runtime/migration/destination/destination.ts";
import { createDirtyClients } from "../../runtime/migration/dirty-log/dirty-clients.ts";
import { recordDirtyLog } from "../../runtime/migration/dirty-log/record-dirty-log.ts";
import type { Told } from "../../runtime/migration/events.ts";
import { DEFAULTS, type Parameters } from "../../runtime/migration/parameters.ts";
import { startMove } from "../../runtime/migration/source/source.ts";
import { openChannel } from "../../runtime/transport/open-channel.ts";
import { openListener } from "../../runtime/transport/open-listener.ts";
import { pacedChannel } from "../../runtime/transport/paced-channel.ts";

export interface EndOptions {
  readonly role: "source" | "destination";
  readonly address: string;
  /** The record's folder. */
  readonly record: string;
  readonly move: string;
  /** A captured stream of a pc-2.2 of QEMU 5.2, plain or gzip; without one there are no devices. */
  readonly capture?: string;
  readonly ram: readonly { readonly id: string; readonly size: number }[];
  readonly workload: WorkloadSpec;
  readonly workingSet?: { readonly first: number; readonly pages: number };
  readonly writers?: number;
  readonly rate?: number;
  readonly initial?: "zero" | "random";
  /**
   * Writes this to all pages of all blocks before the move, and zeros at the destination: then there is memory behind each, and what is
   * measured is the move and not how the system finds memory. Nothing is left to `verify`.
   */
  readonly fill?: "zero" | "random";
  readonly seed?: number;
  readonly policy?: PolicyName;
  readonly parameters?: Partial<Parameters>;
  /** Bytes a second of the line. */
  readonly bandwidth?: number;
  /** Ms that the guest runs before it is moved, and at the destination before it is looked at. */
  readonly runs?: number;
  /** Moves a guest that has never run. */
  readonly isPaused?: boolean;
  /** Ms from the beginning of the move to post-copy; without it there is none. */
  readonly postcopyAfter?: number;
  readonly stopDirtyLogCost?: { readonly ms: number; readonly stalls: boolean };
  /** Whether the destination looks at every page. */
  readonly verify?: boolean;
  readonly showsEvents?: boolean;
  /** Ms after which the source gives up. */
  readonly givesUpAfter?: number;
  /** The source records what the guest writes to for so many ms before the move, into a file. */
  readonly log?: { readonly file: string; readonly milliseconds: number; readonly period: number };
}

const options = JSON.parse(process.argv[2] ?? "") as EndOptions;
const say = (value: unknown): void =>
  void process.stdout.write(`${JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each))}\n`);
void run();

async function run(): Promise<void> {
  const { role, capture, runs = 0, bandwidth, verify = true } = options;
  const machine = await machineCodecs("pc-2.2", "5.2");
  const bytes = capture === undefined ? undefined : readFileSync(capture);
  const devices = bytes === undefined ? [] : devicesOfStream(machine, bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).devices;
  const guest = await createSyntheticGuest({ ...options, machine, devices, incoming: role === "destination" });
  if (options.fill !== undefined) fill(guest, role === "source" ? options.fill : "zero");
  const parameters = { ...DEFAULTS, postcopy: options.postcopyAfter !== undefined, ...options.parameters };
  const events = options.showsEvents === true ? (event: Told) => say({ ...event, at: SYSTEM_CLOCK.now() }) : undefined;
  const common = { guest, clock: SYSTEM_CLOCK, record: options.record, boot: "here", ...(events === undefined ? {} : { events }) };
  if (role === "source") {
    if (options.isPaused !== true) guest.resume();
    await sleep(SYSTEM_CLOCK, runs);
    guest.resetStall();
    const clients = createDirtyClients(guest);
    if (options.log !== undefined) await record(clients.add(), options.log);
    const before = { at: SYSTEM_CLOCK.now(), work: guest.progress() };
    const cpu = process.cpuUsage();
    const source = startMove({
      ...common,
      // A guest of several clients has no post-copy.
      ...(options.log === undefined ? {} : { guest: clients.add() }),
      connect: async () => {
        const channel = await openChannel(options.address);
        return bandwidth === undefined ? channel : pacedChannel(channel, { bytesPerSecond: bandwidth, ...SYSTEM_CLOCK });
      },
      parameters,
      policy: POLICIES[options.policy ?? "writer-limit"]({}),
      move: options.move,
    });
    if (options.givesUpAfter !== undefined) setTimeout(source.cancel, options.givesUpAfter);
    if (options.postcopyAfter !== undefined) SYSTEM_CLOCK.after(options.postcopyAfter, source.startPostcopy);
    const { status, error, pause } = await source.outcome;
    say({
      role,
      status,
      error: error?.message,
      pause,
      total: SYSTEM_CLOCK.now() - before.at,
      before,
      work: guest.progress(),
      cpu: cpuSince(cpu),
      query: source.query(),
    });
  } else {
    const listener = await openListener(options.address);
    say({ listens: listener.name });
    const cpu = process.cpuUsage();
    const { status, error } = await awaitMove({ ...common, accept: listener.accept, timeout: parameters.timeout }).outcome;
    const ran = { at: SYSTEM_CLOCK.now(), work: guest.progress(), cpu: cpuSince(cpu) };
    await sleep(SYSTEM_CLOCK, runs);
    if (guest.isRunning) await guest.pause();
    say({
      role,
      status,
      error: error?.message,
      ran,
      stall: guest.stall(),
      work: guest.progress(),
      verdict: verify ? guest.verify() : undefined,
    });
    await listener.close();
  }
  await guest.stop();
  process.exit(0);
}

async function record(guest: Guest, { file, milliseconds, period }: NonNullable<EndOptions["log"]>): Promise<void> {
  const pieces: Uint8Array[] = [];
  const write = async (bytes: Uint8Array): Promise<void> => void pieces.push(bytes.slice());
  await recordDirtyLog(guest, { clock: SYSTEM_CLOCK, write, periods: [period], milliseconds }).done;
  writeFileSync(file, Buffer.concat(pieces));
}

/** Ms of the processor. */
function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function fill({ blocks }: Pick<Guest, "blocks">, content: "zero" | "random"): void {
  const piece = new Uint8Array(1 << 20);
  if (content === "random") randomFillSync(piece);
  for (const [block, { bytes, pageSize }] of blocks.entries()) {
    // The first page of the first block is the guest's own.
    for (let at = block === 0 ? pageSize : 0; at < bytes.length; at += piece.length)
      bytes.set(piece.subarray(0, Math.min(piece.length, bytes.length - at)), at);
  }
}
