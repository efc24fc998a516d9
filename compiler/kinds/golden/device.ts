import type { VmsdIr } from "../../ir.ts";
import { type Fields, type Golden, type State, vmsd } from "./golden.ts";

/** What stands around the golden's own fields: what is read before and behind must not move. */
export const AROUND: State = { before: 0x5a, after: 0xa5 };
const KIND = { kind: "uint8" } as const;

/** The golden as a device of version 2 that accepts version 1. */
export function deviceOf({ fields, subsections, properties }: Golden, change: (fields: Fields) => Fields = (same) => same): VmsdIr {
  return vmsd(
    "device",
    { before: KIND, ...change(fields), after: KIND },
    {
      versionId: 2,
      minimumVersionId: 1,
      ...(subsections === undefined ? {} : { subsections }),
      ...(properties === undefined ? {} : { properties }),
    },
  );
}

/** The device with the vmsds that it is made of. */
export function goldenVmsds(golden: Golden, device: VmsdIr = deviceOf(golden)): Record<string, VmsdIr> {
  return Object.fromEntries([...(golden.nested ?? []), device].map((each) => [each.id, each]));
}
