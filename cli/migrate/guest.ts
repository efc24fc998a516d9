import { resizedBlocks } from "../../runtime/guest/ram-options.ts";
import { createSyntheticGuest, type SyntheticGuest } from "../../runtime/guest/synthetic/synthetic-guest.ts";
import { workOf } from "../dirty-log/guest.ts";
import { machineCodecs } from "../machine-codecs.ts";
import { oneOf } from "../options.ts";
import { BUILT_IN, capturedMachine } from "./capture.ts";
import type { Values } from "./options.ts";

/** The block that is the machine's memory, on a pc. */
const MAIN = "pc.ram";

/** The machine's name as it was given, for messages and metadata. */
export function machineOf({ machine, profile, capture }: Values): { readonly name: string; readonly profile: string | undefined } {
  const name = machine ?? BUILT_IN.machine;
  return { name, profile: profile ?? (machine === undefined && capture === undefined ? BUILT_IN.profile : undefined) };
}

/**
 * The guest that is moved: devices and blocks as they were captured, memory as large as it is asked for, and threads that write to it. Its
 * like at the destination is made of the same options, and is filled by the move. Throws UsageError, and InputError for the capture.
 */
export async function movedGuest(values: Values, incoming: boolean): Promise<SyntheticGuest> {
  const { name, profile } = machineOf(values);
  const machine = await machineCodecs(name, profile);
  const { devices, blocks } = capturedMachine(machine, values.capture);
  const captured = values.capture === undefined ? undefined : blocks.find(({ id }) => id === MAIN)?.size;
  const { size, ...work } = workOf(values, captured);
  const initial = oneOf("fill", values.fill, ["zero", "random"]) ?? "zero";
  return createSyntheticGuest({ machine, devices, ram: resizedBlocks(blocks, { [MAIN]: size }), ...work, initial, incoming });
}
