import type { Machine } from "../../runtime/codec/v1.ts";
import type { Device } from "../../runtime/guest/guest.ts";
import { createSteppedGuest, type SteppedGuest } from "../../runtime/guest/stepped/stepped-guest.ts";
import { SYSTEM_CLOCK } from "../../runtime/migration/clock.ts";
import { forgetfulDevice, placeOf, stepsOf } from "../../runtime/state-loop/index.ts";
import { UsageError } from "../command.ts";

/** Where the guest keeps its ticks, and no more: a state loop is about devices. */
const RAM = [{ id: "pc.ram", size: 2 << 20 }];

/** A guest that runs, of those devices. `forget` is a field that one of them does not load: `hpet/isr`. Throws UsageError. */
export function loopedGuest(machine: Machine, devices: readonly Device[], forget: string | undefined): SteppedGuest {
  const all = forget === undefined ? devices : withFault(devices, forget);
  const guest = createSteppedGuest({ machine, clock: SYSTEM_CLOCK, devices: all, ram: RAM, workload: { name: "idle" } });
  guest.resume();
  return guest;
}

function withFault(devices: readonly Device[], forget: string): readonly Device[] {
  const beginning = (device: Device): string => `${placeOf({ device: device.name, instance: device.instance, field: "" })}/`;
  const device = devices.find((each) => forget.startsWith(beginning(each)));
  if (device === undefined) throw new UsageError(`--forget takes DEVICE/FIELD; there is no device of which '${forget}' is a field.`);
  const path = forget.slice(beginning(device).length);
  const steps = stepsOf(device.state, path);
  if (steps === undefined || steps.length === 0) throw new UsageError(`${device.name} has no field '${path}' to forget.`);
  return devices.map((each) => (each === device ? forgetfulDevice(each, steps) : each));
}

/** Names of devices that are to be left out of the reset. Throws UsageError for one that the guest does not have. */
export function namesOf(devices: readonly Device[], asked: readonly string[]): readonly string[] {
  const strange = asked.find((name) => !devices.some((device) => device.name === name));
  if (strange === undefined) return asked;
  throw new UsageError(`There is no device '${strange}'; there are ${[...new Set(devices.map(({ name }) => name))].join(", ")}.`);
}
