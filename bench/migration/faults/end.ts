// One end of a move to which harm is done, as a process of its own: `migration-fault-end.cjs JSON`, an EndOptions. It tells every moment in
// which its guest begins to run or stands still, a line of JSON each, does what the lines say that it is given, and ends with them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";
import { machineCodecs } from "../../../cli/machine-codecs.ts";
import { devicesOfStream } from "../../../runtime/guest/devices-of-stream.ts";
import type { Device } from "../../../runtime/guest/guest.ts";
import { savedState } from "../../../runtime/guest/saved-state.ts";
import { createSyntheticGuest, type SyntheticGuest } from "../../../runtime/guest/synthetic/synthetic-guest.ts";
import type { WorkloadSpec } from "../../../runtime/guest/workload/index.ts";
import { SYSTEM_CLOCK, sleep } from "../../../runtime/migration/clock.ts";
import { POLICIES } from "../../../runtime/migration/convergence/policies.ts";
import { awaitMove } from "../../../runtime/migration/destination/destination.ts";
import type { Told } from "../../../runtime/migration/events.ts";
import type { MigrationError } from "../../../runtime/migration/migration-error.ts";
import { DEFAULTS, type Parameters } from "../../../runtime/migration/parameters.ts";
import { startMove } from "../../../runtime/migration/source/source.ts";
import { openChannel } from "../../../runtime/transport/open-channel.ts";
import { openListener } from "../../../runtime/transport/open-listener.ts";
import type { Line, Word } from "./lines.ts";

export interface EndOptions {
  readonly role: "source" | "destination";
  readonly address: string;
  /** The record's folder. */
  readonly record: string;
  readonly move: string;
  readonly machine: string;
  /** A captured stream of that machine as QEMU 5.2 has it, gzip. */
  readonly capture: string;
  /** Bytes of the main memory. */
  readonly memory: number;
  readonly initial: "zero" | "random";
  readonly workload: WorkloadSpec;
  readonly rate: number;
  readonly seed: number;
  readonly parameters: Partial<Parameters>;
  /** The guest goes before the rest of its memory, so many ms from the start of the move. */
  readonly postcopyAfter?: number;
  /** A byte of a device's section that is saved with other bits than it has. */
  readonly spoils?: { readonly device: string; readonly at: number; readonly bits: number };
}

const options = JSON.parse(process.argv[2] ?? "") as EndOptions;
const { role, address, record, move } = options;
void run();

async function run(): Promise<void> {
  const machine = await machineCodecs(options.machine, "5.2");
  const { devices } = devicesOfStream(machine, gunzipSync(readFileSync(options.capture)));
  const ram = [{ id: "pc.ram", size: options.memory }];
  const guest = told(await createSyntheticGuest({ ...options, machine, devices: spoil(devices), ram, incoming: role === "destination" }));
  const events = (event: Told): void => say({ ...event, at: SYSTEM_CLOCK.now() });
  const common = { guest, clock: SYSTEM_CLOCK, record, boot: "here", events };
  const parameters = { ...DEFAULTS, ...options.parameters };
  const begin = (): void => {
    const source = startMove({ ...common, connect: () => openChannel(address), parameters, policy: POLICIES["writer-limit"]({}), move });
    if (options.postcopyAfter !== undefined) SYSTEM_CLOCK.after(options.postcopyAfter, source.startPostcopy);
    void source.outcome.then(({ status, error }) => sayOutcome(status, error));
  };
  if (role === "destination") {
    const listener = await openListener(address);
    void awaitMove({ ...common, accept: listener.accept, timeout: parameters.timeout }).outcome.then(({ status, error }) =>
      sayOutcome(status, error),
    );
    say({ listens: listener.name });
  } else {
    guest.resume();
    await sleep(SYSTEM_CLOCK, RUNS);
    say({ listens: "" });
  }
  for await (const word of createInterface({ input: process.stdin }) as AsyncIterable<Word>) {
    if (word === "begin") begin();
    if (word === "look") await look(guest);
  }
  process.exit(0);
}

/** Ms that the guest runs before it is moved. */
const RUNS = 50;

function spoil(devices: readonly Device[]): readonly Device[] {
  const { spoils } = options;
  if (spoils === undefined) return devices;
  return devices.map((device) => {
    if (device.name !== spoils.device) return device;
    const { codec } = device;
    const save: typeof codec.save = (state, writer, properties) => {
      const from = writer.at;
      codec.save(state, writer, properties);
      writer.view.setUint8(from + spoils.at, writer.view.getUint8(from + spoils.at) ^ spoils.bits);
    };
    return { ...device, codec: { ...codec, save } };
  });
}

/** Says when it runs and when it stands still, and what it has then: the first before it does, the second behind it. */
function told(guest: SyntheticGuest): SyntheticGuest {
  const resume = (): void => {
    if (!guest.isRunning) say({ guest: "runs", at: SYSTEM_CLOCK.now(), ...digests(guest) });
    guest.resume();
  };
  const pause = async (): Promise<void> => {
    const wasRunning = guest.isRunning;
    await guest.pause();
    if (wasRunning) say({ guest: "stands", at: SYSTEM_CLOCK.now(), ...digests(guest) });
  };
  return Object.create(guest, { resume: { value: resume }, pause: { value: pause } }) as SyntheticGuest;
}

function digests({ devices, truthDigest }: SyntheticGuest): { readonly memory: string; readonly devices: string } {
  const hash = createHash("sha256");
  for (const device of devices) hash.update(`${device.name} ${device.instance} `).update(savedState(device));
  return {
    memory: truthDigest()
      .map(({ digest }) => digest)
      .join(" "),
    devices: hash.digest("hex"),
  };
}

/** The guest stands still from here on. */
async function look(guest: SyntheticGuest): Promise<void> {
  await guest.pause();
  const { badPages, bad, lostWrites } = guest.verify();
  say({ looked: true, badPages, bad: bad.slice(0, 3).map(({ page, why }) => `${page} is ${why}`), lostWrites: String(lostWrites) });
}

function sayOutcome(status: string, error: MigrationError | undefined): void {
  const { code = "", phase = "", path = "", message = "" } = error ?? {};
  say({ outcome: status, at: SYSTEM_CLOCK.now(), ...(error === undefined ? {} : { error: { code, phase, path, message } }) });
}

function say(line: Line): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
