import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { ByteReader } from "../runtime/codec/v1.ts";
import { CaptureError } from "../runtime/guest/capture-error.ts";
import { devicesOfStream } from "../runtime/guest/devices-of-stream.ts";
import type { Device } from "../runtime/guest/guest.ts";
import { savedState } from "../runtime/guest/saved-state.ts";
import { SYSTEM_CLOCK } from "../runtime/migration/clock.ts";
import { differencesOf } from "../runtime/state-loop/compare-states.ts";
import { poisonedCopy } from "../runtime/state-loop/copy-state.ts";
import { bisectReset, runStateLoop } from "../runtime/state-loop/index.ts";
import {
  DERIVED,
  derivingDevice,
  faultyDevice,
  leavesOf,
  type PlantedFault,
  pathOf,
  zeroed,
} from "../runtime/state-loop/proof/faulty-codec.ts";
import { guestOf, type Random, randomOf } from "../runtime/state-loop/proof/synthetic-guest.ts";
import { at, put, type Steps } from "../runtime/state-loop/steps.ts";
import { MACHINES } from "./gen/machines.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const FOLDER = join(import.meta.dirname, "../fixtures/machines");
const OPTIONS = { clock: SYSTEM_CLOCK, iterations: 3 };
const FAULTS = 60;

const captures = new Map<string, readonly Device[]>();
/** Streams of devices that a user configured otherwise than the machine type has them: no codec of a machine type reads those. */
const refused: string[] = [];

beforeAll(async () => {
  for (const name of readdirSync(FOLDER).filter((each) => each.endsWith(".mig.gz"))) {
    const [, build, machine] = /^([\d.]+)-(pc-i440fx-[\d.]+)-/.exec(name) ?? [];
    const codecs = await MACHINES[`${machine}/${build}` as keyof typeof MACHINES]();
    try {
      captures.set(name, devicesOfStream(codecs, gunzipSync(readFileSync(join(FOLDER, name)))).devices);
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      refused.push(name);
    }
  }
}, 300_000);

test("A2b.1: of all captured machines no device is blamed that has no fault", async () => {
  expect(captures.size).toBeGreaterThan(80);
  expect(refused.length).toBeLessThan(10);
  for (const [name, devices] of captures) expect((await runStateLoop(guestOf(devices), OPTIONS)).blames, name).toEqual([]);
});

const KINDS = ["forgotten", "zeroed", "needed", "post-load", "version", "reset-leaves"] as const;

interface Planted {
  readonly index: number;
  readonly fault: PlantedFault;
  /** What is blamed, without which bytes of a buffer. */
  readonly fields: readonly string[];
}

const whole = (field: string): string => field.replace(/\[[\d.]+\]$/, "");

describe("A2b.1: faults planted in devices of captured machines", () => {
  test.each(KINDS)("%s: each is blamed on the right device and field, and on nothing else", async (kind) => {
    const random = randomOf(SEED + KINDS.indexOf(kind));
    const names = [...captures.keys()];
    for (let done = 0, tries = 0; done < FAULTS; tries++) {
      expect(tries).toBeLessThan(FAULTS * 100);
      const name = pick(names, random) as string;
      const devices = captures.get(name) as readonly Device[];
      const planted = plant(kind, devices, random);
      if (planted === undefined) continue;
      done++;
      const all = devices.map((device, i) => (i === planted.index ? faultyDevice(device, planted.fault) : { ...device }));
      const keep = (from: unknown, to: unknown): void => {
        if (planted.fault.kind === "forgotten") put(to, planted.fault.steps, at(from, planted.fault.steps));
      };
      const guest = guestOf(all, () => {}, kind === "reset-leaves" ? { device: all[planted.index] as Device, keep } : undefined);
      const { blames } = await runStateLoop(guest, OPTIONS);
      const faulty = devices[planted.index] as Device;
      const where = `seed ${SEED}: ${name} ${faulty.name} ${JSON.stringify(planted.fault)}`;
      expect(new Set(blames.map(({ device, instance }) => `${device}#${instance}`)), where).toEqual(
        new Set([`${faulty.name}#${faulty.instance}`]),
      );
      expect(new Set(blames.map(({ field }) => whole(field))), where).toEqual(new Set(planted.fields));
      expect(blames[0]?.iteration, where).toBeLessThanOrEqual(3);
    }
  });
});

function pick<T>(all: readonly T[], random: Random): T | undefined {
  return all[Math.floor(random() * all.length)];
}

/** Undefined where a fault of the kind would make no difference, as with a field that is zero to be saved as 0. */
function plant(kind: (typeof KINDS)[number], devices: readonly Device[], random: Random): Planted | undefined {
  const index = Math.floor(random() * devices.length);
  const device = devices[index] as Device;
  switch (kind) {
    case "forgotten":
    case "reset-leaves": {
      const steps = pick(leavesOf(device.state), random);
      return steps === undefined || isOwn(device, steps)
        ? undefined
        : { index, fault: { kind: "forgotten", steps }, fields: [whole(pathOf(steps))] };
    }
    case "zeroed": {
      const steps = pick(leavesOf(device.state), random);
      return steps !== undefined && isSavedAsZero(device, steps)
        ? { index, fault: { kind, steps }, fields: [whole(pathOf(steps))] }
        : undefined;
    }
    case "needed": {
      const from = lastSubsection(device);
      const fields = from === undefined ? [] : lostWith(device, savedState(device).subarray(0, from));
      return from === undefined || fields.length === 0 ? undefined : { index, fault: { kind, from }, fields };
    }
    case "post-load":
      return { index, fault: { kind }, fields: [DERIVED] };
    case "version":
      return { index, fault: { kind }, fields: ["version_id"] };
  }
}

/** Whether a load compares that with what the machine has: it is no state then, and cannot be lost. */
function isOwn({ codec, properties, state }: Device, steps: Steps): boolean {
  const other = poisonedCopy(state);
  const body = savedState({ codec, properties, state } as Device);
  try {
    codec.loadInto(other, new ByteReader(body), codec.versionId, properties);
    return false;
  } catch (error) {
    return (error as { path?: string }).path === `${codec.name}.${pathOf(steps)}`;
  }
}

function isSavedAsZero(device: Device, steps: Steps): boolean {
  const value = at(device.state, steps);
  if (Number(value) === 0) return false;
  const other: Device = { ...device, state: zeroed(device.state, steps) };
  try {
    const [one, two] = [savedState(device), savedState(other)];
    // Else the field is not on the wire, or says what else is.
    return one.length === two.length && !Buffer.from(one).equals(two) && lostWith(device, two).length === 1;
  } catch {
    return false;
  }
}

/** Where the last subsection of a body begins: it goes to the end. */
function lastSubsection(device: Device): number | undefined {
  const body = Buffer.from(savedState(device));
  for (let at = body.length - 1; at >= 0; at--) {
    const length = body[at + 1] ?? 0;
    const name = body.toString("latin1", at + 2, at + 2 + length);
    if (body[at] === 0x05 && name.length === length && name.startsWith(`${device.codec.name}/`)) return at;
  }
  return undefined;
}

/** Fields that are not what they were when that is loaded; none when it is refused. */
function lostWith({ codec, properties, state }: Device, body: Uint8Array): readonly string[] {
  try {
    const reader = new ByteReader(body.slice());
    const found = differencesOf(state, codec.load(reader, codec.versionId, properties));
    return reader.at === body.length ? [...new Set(found.map(({ path }) => whole(path)))] : [];
  } catch {
    return [];
  }
}

test("a device that makes anew what it keeps beside its fields is not blamed", async () => {
  const [devices] = captures.values();
  expect((await runStateLoop(guestOf((devices ?? []).map(derivingDevice)), OPTIONS)).blames).toEqual([]);
});

test("A2b.3: one field that is not loaded is found by blame, and its device by bisection", async () => {
  const devices = captures.get("5.2-pc-i440fx-2.0-bare.mig.gz") as readonly Device[];
  for (const [name, field] of [
    ["hpet", "hpet_counter"],
    ["fdc", "timer0"],
    ["ps2kbd", "scancode_set"],
  ] as const) {
    const faulty = devices.findIndex((device) => device.name === name);
    const path = leavesOf(devices[faulty]?.state).find(([first]) => first === field) ?? leavesOf(devices[faulty]?.state)[0];
    const steps = path as Steps;
    const loses = async (noReset: readonly string[]): Promise<boolean> => {
      const all = devices.map((device, i) => (i === faulty ? faultyDevice(device, { kind: "forgotten", steps }) : { ...device }));
      const { blames } = await runStateLoop(guestOf(all), { ...OPTIONS, noReset });
      if (blames.length > 0) expect(blames.map((each) => `${each.device}/${each.field}`)).toEqual([`${name}/${pathOf(steps)}`]);
      return blames.length > 0;
    };
    const names = [...new Set(devices.map((device) => device.name))];
    expect((await bisectReset(names, loses)).losing).toEqual([[name]]);
  }
});
