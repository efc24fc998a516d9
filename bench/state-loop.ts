// Speed of the continuous state test: `npm run bench:state-loop [-- --rounds N]`.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { machineCodecs } from "../cli/machine-codecs.ts";
import { devicesOfStream } from "../runtime/guest/devices-of-stream.ts";
import { createSteppedGuest } from "../runtime/guest/stepped/stepped-guest.ts";
import { SYSTEM_CLOCK } from "../runtime/migration/clock.ts";
import { type LoopedGuest, runStateLoop } from "../runtime/state-loop/index.ts";
import { syntheticCodec } from "../runtime/state-loop/proof/synthetic-codec.ts";
import { busyState, deviceOf, guestOf, randomDevice, randomOf } from "../runtime/state-loop/proof/synthetic-guest.ts";
import { line, median } from "./measure.ts";

const { values } = parseArgs({ options: { rounds: { type: "string" } } });
const rounds = Number(values.rounds ?? "9");
/** In ms of the processor's time, for each of the rounds. */
const ROUND = 300;
const BAR = 10_000;

interface Work {
  readonly label: string;
  readonly guest: LoopedGuest;
  readonly thoroughEvery: number;
  /** Iterations a second that it must reach; without one it is only shown. */
  readonly bar?: number;
  readonly rates: number[];
}

async function main(): Promise<number> {
  const [bare, few] = [await captured(), synthetic(20)];
  const works: Work[] = [
    { label: "20 synthetic devices, every iteration thorough", guest: few, thoroughEvery: 1, bar: BAR, rates: [] },
    { label: `bare machine, ${bare.devices.length} devices, one in 64 thorough`, guest: bare, thoroughEvery: 64, bar: BAR, rates: [] },
    { label: `bare machine, ${bare.devices.length} devices, every one thorough`, guest: bare, thoroughEvery: 1, rates: [] },
  ];
  for (const work of works) await rateOf(work);
  for (let round = 0; round < rounds; round++) for (const work of works) work.rates.push(await rateOf(work));
  for (const { label, rates, bar } of works) {
    const rate = median(rates);
    console.log(
      bar === undefined ? `${label.padEnd(58)}${rate.toFixed(1).padStart(9)} /s` : line(label, rate, "/s", `>= ${bar} /s`, rate >= bar),
    );
  }
  return works.every(({ rates, bar }) => bar === undefined || median(rates) >= bar) ? 0 : 1;
}

/** Iterations a second of the processor's time: a machine that others use as well gives it away at random. */
async function rateOf({ guest, thoroughEvery }: Work): Promise<number> {
  const start = process.cpuUsage();
  const spent = (): number => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  let done = 0;
  while (spent() < ROUND) {
    const iterations = 1024;
    const { blames } = await runStateLoop(guest, { clock: SYSTEM_CLOCK, iterations, thoroughEvery });
    if (blames.length > 0) throw new Error(JSON.stringify(blames[0]));
    done += iterations;
  }
  return (done * 1000) / spent();
}

async function captured(): Promise<LoopedGuest> {
  const machine = await machineCodecs("pc-2.2", "7.2");
  const { devices } = devicesOfStream(machine, gunzipSync(readFileSync("fixtures/machines/7.2-pc-i440fx-2.2-bare.mig.gz")));
  return createSteppedGuest({ machine, clock: SYSTEM_CLOCK, devices, ram: [{ id: "pc.ram", size: 8192 }] });
}

function synthetic(count: number): LoopedGuest {
  const random = randomOf(1);
  const described = Array.from({ length: count }, (_, i) => randomDevice(`dev${i}`, random));
  return guestOf(described.map((device) => deviceOf(syntheticCodec(device), busyState(device, random))));
}

main().then((status) => {
  process.exitCode = status;
});
