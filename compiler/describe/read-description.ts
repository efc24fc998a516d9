import { validateDescription } from "./gen/validators.js";
import type { Field, Metadata, Section, Vmsd } from "./metadata.ts";
import { shapeError } from "./shape-error.ts";
import type { Source } from "./source.ts";
import { WIRE_KINDS } from "./wire-kinds.ts";

interface Body {
  readonly vmsd_name?: string;
  readonly version?: number;
  readonly fields?: readonly Entry[];
  readonly subsections?: readonly Body[];
}

interface Entry extends Body {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly array_len?: number;
  readonly struct?: Body;
}

interface Device extends Body {
  readonly name: string;
  readonly instance_id: number;
  readonly size?: number;
}

/** A section as the stream names it: one instance of a device. */
export interface Instance {
  readonly id: string;
  readonly instanceId: number;
  readonly vmsd: string;
}

/**
 * Takes the description at the end of a stream as metadata. It holds what one machine really sent: kinds, counts and the
 * fields and subsections that were present. It lacks minimum versions, guards and QOM types, so sections are keyed by vmsd name;
 * further instances of a vmsd are kept under `vmsd#n` only when their layout differs. Throws InputError on another shape.
 */
export function readDescription(source: Source, value: unknown, machine: string | undefined): Metadata {
  if (!validateDescription(value)) throw shapeError(source, "a stream's description", validateDescription.errors);
  const sections = new Map<string, Section>();
  for (const device of (value as { devices: Device[] }).devices) {
    const section = toSection(device);
    const layout = JSON.stringify(section);
    let key = section.Name;
    for (let n = 2; sections.has(key) && JSON.stringify(sections.get(key)) !== layout; n++) key = `${section.Name}#${n}`;
    if (!sections.has(key)) sections.set(key, section);
  }
  return { origin: "stream", source, machine, sections, devices: undefined, plain: false, countsKnown: true };
}

/** The sections of a described stream in wire order, without their layouts. */
export function instancesOf(value: unknown): Instance[] {
  return (value as { devices: Device[] }).devices.map((device) => ({
    id: device.name,
    instanceId: device.instance_id,
    vmsd: device.vmsd_name ?? device.name,
  }));
}

function toSection(device: Device): Section {
  const name = device.vmsd_name ?? device.name;
  if (device.vmsd_name !== undefined) {
    const vmsd = toVmsd(device);
    return { Name: name, version_id: vmsd.version_id, Description: vmsd };
  }
  // A section of the old style is one blob; its version stands in the section header only.
  const blob: Field = { field: "data", version_id: 0, size: device.size ?? 0, kind: "data" };
  return { Name: name, version_id: 0, Description: { name, version_id: 0, Fields: [blob] } };
}

function toVmsd(body: Body): Vmsd {
  return {
    name: body.vmsd_name ?? "",
    version_id: body.version ?? 0,
    Fields: mergeElements((body.fields ?? []).map(toField)),
    ...(body.subsections === undefined ? {} : { Subsections: body.subsections.map(toVmsd) }),
  };
}

function toField(entry: Entry): Field {
  const inner = entry.struct ?? (WIRE_KINDS[entry.type]?.family === "struct" ? entry : undefined);
  return {
    field: entry.name,
    version_id: 0,
    num: entry.array_len ?? 1,
    size: entry.size,
    kind: entry.type,
    ...(inner === undefined ? {} : { Description: toVmsd(inner) }),
  };
}

/**
 * Builds differ in how they print an array that cannot be compressed: with an index each (5.2, 7.2), with none on the last
 * (10.0), with none at all (11.1). Neighbours of one name and one layout are therefore elements of one array.
 */
function mergeElements(fields: readonly Field[]): Field[] {
  const merged: Field[] = [];
  let previous = "";
  for (const field of fields) {
    const last = merged.at(-1);
    const { num = 1, ...rest } = field;
    const layout = JSON.stringify(rest);
    if (last !== undefined && layout === previous) merged[merged.length - 1] = { ...last, num: (last.num ?? 1) + num };
    else merged.push(field);
    previous = layout;
  }
  return merged;
}
