import { describe, expect, test } from "vitest";
import type { Device } from "../guest/guest.ts";
import { SYSTEM_CLOCK } from "../migration/clock.ts";
import { VirtualClock } from "../migration/proof/virtual-clock.ts";
import { type Blame, placeOf } from "./blame.ts";
import { type SyntheticDevice, type SyntheticFault, type SyntheticState, syntheticCodec } from "./proof/synthetic-codec.ts";
import { busyState, deviceOf, guestOf, type Random, randomDevice, randomOf } from "./proof/synthetic-guest.ts";
import { runStateLoop } from "./state-loop.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const KINDS = ["forgotten", "zeroed", "omitted", "needed", "post-load", "version", "reset-leaves"] as const;
const EACH = 40;

interface Planted {
  readonly fault: SyntheticFault;
  /** What is lost, that of which the rest comes first. */
  readonly fields: readonly string[];
}

function plant(kind: (typeof KINDS)[number], { fields, subsection, derived }: SyntheticDevice, random: Random): Planted {
  const all = [...fields, ...subsection];
  const at = Math.floor(random() * all.length);
  const { name: field } = all[at] as (typeof all)[number];
  const alone = at === 0 ? [field, derived] : [field];
  switch (kind) {
    case "forgotten":
    case "reset-leaves":
      return { fault: { kind: "forgotten", field }, fields: alone };
    case "zeroed":
      return { fault: { kind, field }, fields: alone };
    case "omitted":
      return { fault: { kind, field }, fields: [field] };
    case "needed":
      return { fault: { kind }, fields: subsection.map(({ name }) => name) };
    case "post-load":
      return { fault: { kind }, fields: [derived] };
    case "version":
      return { fault: { kind }, fields: ["version_id"] };
  }
}

/** Devices at work, one of which has the fault. */
function guestWith(kind: (typeof KINDS)[number], seed: number) {
  const random = randomOf(seed);
  const described = Array.from({ length: 2 + Math.floor(random() * 6) }, (_, i) => randomDevice(`dev${i}`, random));
  const at = Math.floor(random() * described.length);
  const planted = plant(kind, described[at] as SyntheticDevice, random);
  const devices = described.map((device, i) =>
    deviceOf(syntheticCodec(device, i === at ? planted.fault : undefined), busyState(device, random), i % 3),
  );
  const faulty = devices[at] as Device;
  const [field] = planted.fields as [string];
  const keep = (from: unknown, to: unknown): void => {
    (to as SyntheticState)[field] = (from as SyntheticState)[field] as number;
  };
  const work = (): void => {
    for (const [i, device] of devices.entries()) device.state = busyState(described[i] as SyntheticDevice, random);
  };
  return { guest: guestOf(devices, work, kind === "reset-leaves" ? { device: faulty, keep } : undefined), faulty, planted };
}

const whole = ({ field }: Blame): string => field.replace(/\[.*$/, "");

describe("A2b.1: faults that programmers make", () => {
  test.each(KINDS)("%s: the device and the field are blamed within three iterations, and nothing else", async (kind) => {
    for (let n = 0; n < EACH; n++) {
      const seed = SEED * 1000 + n;
      const { guest, faulty, planted } = guestWith(kind, seed);
      const { blames } = await runStateLoop(guest, { clock: SYSTEM_CLOCK, iterations: 3 });
      const where = `${kind}, seed ${seed}`;
      expect(new Set(blames.map(({ device, instance }) => `${device}#${instance}`)), where).toEqual(
        new Set([`${faulty.name}#${faulty.instance}`]),
      );
      const fields = blames.map(whole);
      // What stands behind a field that is left out is not what it was either.
      expect(new Set(kind === "omitted" ? fields.slice(0, 1) : fields), where).toEqual(new Set(planted.fields));
      expect(whole(blames[0] as Blame), where).toBe(planted.fields[0]);
      expect(blames[0]?.iteration, where).toBe(1);
    }
  });

  test("devices without a fault are not blamed, at work and standing still", async () => {
    const random = randomOf(SEED);
    const described = Array.from({ length: 20 }, (_, i) => randomDevice(`dev${i}`, random));
    const devices = described.map((device) => deviceOf(syntheticCodec(device), busyState(device, random)));
    const work = (): void => {
      for (const [i, device] of devices.entries()) device.state = busyState(described[i] as SyntheticDevice, random);
    };
    expect((await runStateLoop(guestOf(devices, work), { clock: SYSTEM_CLOCK, iterations: 200 })).blames).toEqual([]);
    expect((await runStateLoop(guestOf(devices), { clock: SYSTEM_CLOCK, iterations: 200 })).blames).toEqual([]);
  });
});

const DEVICE: SyntheticDevice = {
  name: "serial",
  fields: [
    { name: "divider", size: 2 },
    { name: "fifo", size: 16 },
    { name: "speed", size: 2 },
  ],
  subsection: [{ name: "late", size: 1 }],
  derived: "level",
};

function serial(fault?: SyntheticFault): Device {
  return deviceOf(syntheticCodec(DEVICE, fault), busyState(DEVICE, randomOf(SEED)), 1);
}

test("a blame names device, instance, field, iteration and both values", async () => {
  const device = serial({ kind: "zeroed", field: "speed" });
  const speed = (device.state as SyntheticState).speed as number;
  const { blames } = await runStateLoop(guestOf([device]), { clock: SYSTEM_CLOCK, iterations: 5 });
  expect(blames).toEqual([
    {
      code: "lost",
      device: "serial",
      instance: 1,
      field: "speed",
      iteration: 1,
      before: speed,
      after: 0,
      hiddenByReset: true,
      message: `'speed' is 0 after the load; it was ${speed}.`,
    },
  ]);
  expect(placeOf(blames[0] as Blame)).toBe("serial#1/speed");
  expect((device.state as SyntheticState).speed).toBe(speed);
});

test("A2b.1: what the reset leaves alone as well is seen, and said to be hidden from whoever only compares", async () => {
  const keep = (from: unknown, to: unknown): void => {
    (to as SyntheticState).speed = (from as SyntheticState).speed as number;
  };
  for (const leaves of [true, false]) {
    const device = serial({ kind: "forgotten", field: "speed" });
    const guest = guestOf([device], () => {}, leaves ? { device, keep } : undefined);
    device.state = { ...(device.state as SyntheticState), speed: 9600 };
    const { blames } = await runStateLoop(guest, { clock: SYSTEM_CLOCK, iterations: 1 });
    expect(blames).toMatchObject([{ field: "speed", before: 9600, hiddenByReset: leaves }]);
  }
});

test("a device that is left out of the reset loses nothing", async () => {
  const device = serial({ kind: "forgotten", field: "fifo" });
  const options = { clock: SYSTEM_CLOCK, iterations: 20 };
  const other = { ...(device.state as SyntheticState), fifo: new Uint8Array(16) };
  const guest = guestOf([device]);
  device.state = other;
  expect((await runStateLoop(guest, { ...options, noReset: ["serial"] })).blames).toEqual([]);
  expect(device.state).toEqual(other);
  expect((await runStateLoop(guest, { ...options, noReset: ["other"] })).blames).toMatchObject([{ field: "fifo[0..15]" }]);
});

test("a load that ends early is told with what it left", async () => {
  const device = serial();
  const { save } = device.codec;
  const longer: Device = {
    ...device,
    codec: {
      ...device.codec,
      save: (s, w, m) => {
        save(s, w, m);
        w.at += 3;
      },
    },
  };
  const { blames } = await runStateLoop(guestOf([longer]), { clock: SYSTEM_CLOCK, iterations: 1 });
  expect(blames).toMatchObject([
    { code: "left-over", field: "", message: "The load of 'serial', version 2, ends 3 bytes before the end of what was saved." },
  ]);
});

test("a save that writes the same state as other bytes is told by its offset, and by its field where the layout is known", async () => {
  const device = serial();
  const { save } = device.codec;
  let saves = 0;
  const codec: Device["codec"] = {
    ...device.codec,
    save: (s, w, m) => {
      const at = w.at;
      save(s, w, m);
      if (saves++ % 2 === 1) w.bytes[at + 1] = ~(w.bytes[at + 1] as number);
    },
  };
  const fieldAt = (_: Device, offset: number): string => `offset ${offset}`;
  const { blames } = await runStateLoop(guestOf([{ ...device, codec }]), { clock: SYSTEM_CLOCK, iterations: 1, fieldAt });
  expect(blames).toMatchObject([{ code: "unsteady", field: "offset 1" }]);
});

test("the guest runs for a period between iterations, and one that stood still is left so", async () => {
  const clock = new VirtualClock();
  const device = serial();
  let resumed = 0;
  const guest = guestOf([device], () => resumed++);
  const report = await clock.run(runStateLoop(guest, { clock, iterations: 4, periodMs: 50 }));
  expect(report).toMatchObject({ iterations: 4, thorough: 3, devices: 1, blames: [] });
  expect(clock.now()).toBe(150);
  expect(resumed).toBe(4);
  await guest.pause();
  await runStateLoop(guest, { clock: SYSTEM_CLOCK, iterations: 4 });
  expect(resumed).toBe(4);
  expect(guest.isRunning).toBe(false);
});

test("what is lost from a later iteration on is seen in that one, standing still and at work", async () => {
  const clean = serial();
  let loads = 0;
  const loadInto: Device["codec"]["loadInto"] = (s, r, versionId, m) => {
    clean.codec.loadInto(s, r, versionId, m);
    if (++loads >= 5) (s as SyntheticState).speed = 1;
  };
  const still = guestOf([{ ...clean, codec: { ...clean.codec, loadInto } }]);
  await still.pause();
  const options = { clock: SYSTEM_CLOCK, iterations: 12 };
  expect((await runStateLoop(still, options)).blames).toMatchObject([{ field: "speed", iteration: 5, after: 1 }]);

  const zeroed = serial({ kind: "zeroed", field: "speed" });
  zeroed.state = { ...(zeroed.state as SyntheticState), speed: 0 };
  let turns = 0;
  // What is saved of it is the same before and after: only the states differ.
  const works = guestOf([zeroed], () => {
    if (++turns === 6) zeroed.state = { ...(zeroed.state as SyntheticState), speed: 9600 };
  });
  expect((await runStateLoop(works, options)).blames).toMatchObject([{ field: "speed", iteration: 7, before: 9600 }]);
});
