import { basename } from "node:path";
import type { Metadata, Vmsd } from "../describe/index.ts";
import { instancesOf, readDescription } from "../describe/read-description.ts";

/** What one file says, taken apart into the descriptions that it holds. */
export type Input = DumpInput | StreamInput;

export interface DumpInput {
  readonly is: "dump";
  readonly label: string;
  /** By QOM type; each says all that its build has, sent or not. */
  readonly sections: readonly { readonly type: string; readonly vmsd: Vmsd }[];
  /** Whether a field that is an array says how many elements it has. */
  readonly countsKnown: boolean;
}

export interface StreamInput {
  readonly is: "stream";
  readonly label: string;
  readonly devices: readonly Device[];
}

/** One device as one machine sent it. */
export interface Device {
  /** The section's name on the wire, with the device's path before it. */
  readonly id: string;
  readonly vmsd: Vmsd;
  /** True for a section of the old style, which has no description. */
  readonly isBlob: boolean;
}

export function toInput(metadata: Metadata): Input {
  const label = basename(metadata.source.path);
  if (metadata.origin === "stream") return { is: "stream", label, devices: devicesOf(metadata) };
  const sections = [...metadata.sections].flatMap(([type, { Description }]) =>
    Description === undefined ? [] : [{ type, vmsd: Description }],
  );
  return { is: "dump", label, sections, countsKnown: metadata.countsKnown };
}

/** Metadata has devices of one layout once; here each counts, as each says what is sent and what is not. */
function devicesOf({ source, machine }: Metadata): Device[] {
  const description = JSON.parse(source.text) as { readonly devices: readonly { readonly vmsd_name?: string }[] };
  const instances = instancesOf(description);
  return description.devices.flatMap((device, at) => {
    const one = readDescription(source, { ...description, devices: [device] }, machine);
    const vmsd = [...one.sections.values()][0]?.Description;
    return vmsd === undefined ? [] : [{ id: instances[at]?.id ?? vmsd.name, vmsd, isBlob: device.vmsd_name === undefined }];
  });
}
