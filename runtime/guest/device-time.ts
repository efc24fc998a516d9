import type { Device } from "./guest.ts";

/** Fields that stand for time: by section and path, with how far each goes on in a nanosecond in which the guest runs. */
const TIME_FIELDS: readonly { readonly section: string; readonly path: readonly (string | number)[]; readonly perNs: number }[] = [
  // The guest's clock, and the count of its time stamp counter at 1 GHz, which is what QEMU gives a guest whose host says no frequency.
  { section: "timer", path: ["cpu_clock_offset"], perNs: 1 },
  { section: "timer", path: ["cpu_ticks_offset"], perNs: 1 },
  // When the guest's time of day was last brought up to date, on the guest's clock.
  { section: "mc146818rtc", path: ["last_update"], perNs: 1 },
  // When the channel that ticks was loaded: a guest with a periodic timer does that with each tick.
  { section: "i8254", path: ["channels", 0, "count_load_time"], perNs: 1 },
];

/** Lets the devices' time go on by that much of the guest's running. What a device does not have is passed over. */
export function advanceDevices(devices: readonly Device[], ns: bigint): void {
  for (const { section, path, perNs } of TIME_FIELDS)
    for (const { codec, state } of devices) if (codec.name === section) advance(state, path, ns * BigInt(perNs));
}

function advance(state: unknown, path: readonly (string | number)[], by: bigint): void {
  const [name, ...rest] = path;
  if (name === undefined || typeof state !== "object" || state === null) return;
  const fields = state as Record<string | number, unknown>;
  const value = fields[name];
  if (rest.length > 0) advance(value, rest, by);
  else if (typeof value === "bigint") fields[name] = BigInt.asIntN(64, value + by);
}
