import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { SaveError } from "../runtime/codec/v1.ts";
import { devicesOfStream } from "../runtime/guest/devices-of-stream.ts";
import type { Device } from "../runtime/guest/guest.ts";
import { savedState } from "../runtime/guest/saved-state.ts";
import { DeviceReceiver } from "../runtime/migration/device-receiver.ts";
import type { SectionItem } from "../runtime/stream/item.ts";
import { SectionRefusal } from "../runtime/stream/section-codec.ts";
import { MACHINES } from "./gen/machines.ts";

// QEMU 5.2 and 7.2 say of such a section: "Input validation failed: hpet/num_timers in range".

const CAPTURES = ["5.2-pc-i440fx-2.0-bare", "7.2-pc-i440fx-2.2-smp-hole", "5.2-pc-i440fx-2.12-e1000", "7.2-pc-i440fx-2.12-pokes"];
const RULE = "the device accepts only s.num_timers_save >= 1 && s.num_timers_save <= 32.";
/** Behind three registers of eight bytes. */
const NUM_TIMERS = 24;

async function devicesOf(name: string): Promise<readonly Device[]> {
  const [, build, machine] = /^([\d.]+)-(pc-i440fx-[\d.]+)-/.exec(name) ?? [];
  const bytes = readFileSync(join(import.meta.dirname, `../fixtures/machines/${name}.mig.gz`));
  return devicesOfStream(await MACHINES[`${machine}/${build}` as keyof typeof MACHINES](), gunzipSync(bytes)).devices;
}

const itemOf = ({ name, instance, codec }: Device): SectionItem => ({ name, instance, version: codec.versionId }) as SectionItem;
const hpetOf = (devices: readonly Device[]): Device => devices.find(({ name }) => name === "hpet") as Device;

describe.each(CAPTURES)("A2d: %s", (name) => {
  test.each([0, 33, 255])("a section with %i timers is refused where the field stands, and no device is touched", async (timers) => {
    const devices = await devicesOf(name);
    const before = devices.map(({ state }) => state);
    const bodies = devices.map(savedState);
    const receiver = new DeviceReceiver(devices);
    const hpet = hpetOf(devices);
    // Cut behind the field: what is wrong behind it is not come to.
    const body = savedState(hpet).slice(0, NUM_TIMERS + 1);
    body[NUM_TIMERS] = timers;
    const load = (): void => {
      for (const [i, device] of devices.entries()) receiver.section(itemOf(device), device === hpet ? body : (bodies[i] as Uint8Array));
    };
    expect(load).toThrow(SectionRefusal);
    expect(load).toThrow(
      expect.objectContaining({
        offset: NUM_TIMERS,
        path: "hpet.num_timers_save",
        isTruncated: false,
        message: `The section 'hpet' cannot be loaded: Field 'num_timers_save' of hpet is ${timers}; ${RULE}`,
      }),
    );
    expect(devices.map(({ state }) => state)).toEqual(before);
    expect(devices.every(({ state }, i) => state === before[i])).toBe(true);
    expect(devices.map(savedState)).toEqual(bodies);
  });

  test("a state with 33 timers is refused before it is sent, by the same rule", async () => {
    const hpet = hpetOf(await devicesOf(name));
    (hpet.state as { num_timers_save: number }).num_timers_save = 33;
    expect(() => savedState(hpet)).toThrow(SaveError);
    expect(() => savedState(hpet)).toThrow("s.num_timers_save >= 1 && s.num_timers_save <= 32");
  });

  test("what is in range is loaded", async () => {
    const devices = await devicesOf(name);
    const receiver = new DeviceReceiver(devices);
    for (const device of devices) receiver.section(itemOf(device), savedState(device));
    const before = hpetOf(devices).state;
    receiver.commit();
    expect(hpetOf(devices).state).not.toBe(before);
    expect(hpetOf(devices).state).toEqual(before);
  });
});
