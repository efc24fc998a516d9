import type { Node } from "ts-morph";
import type { ProfileIr } from "../ir.ts";
import { integerOf } from "./constants.ts";
import { didYouMean } from "./nearest.ts";
import { bodiesOf } from "./nested.ts";
import { type Entry, entriesOf, optionsOf } from "./object-entries.ts";
import { mergeProperties, readPinned } from "./pinned-properties.ts";
import { readStrings } from "./read-vmsd.ts";
import type { Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt } from "./report.ts";

type Profiles = Readonly<Record<string, ProfileIr>>;

/** `profiles` of a machine type: what is otherwise with one build of the emulator. */
export function readProfiles(machine: string, entry: Entry | undefined, reading: Reading): Profiles {
  const { report } = reading;
  if (entry === undefined) return {};
  const profiles: Record<string, ProfileIr> = {};
  for (const { key, value } of attempt(report, machine, () => entriesOf(entry.value, `'profiles' of '${machine}'`, machine, report)) ??
    []) {
    const what = `${machine} of ${key}`;
    const options = attempt(report, what, () => optionsOf(value, ["properties", "versions", "order"], "A profile", what, report));
    profiles[key] = {
      properties: readPinned(what, options?.get("properties"), reading),
      versions: readVersions(what, options?.get("versions"), reading),
      order: readOrder(what, options?.get("order"), reading),
    };
  }
  return profiles;
}

function readVersions(what: string, entry: Entry | undefined, reading: Reading): Record<string, number> {
  if (entry === undefined) return {};
  const { report, resolve } = reading;
  const known = new Set([...reading.vmsds.values()].flatMap((vmsd) => bodiesOf(vmsd).map(({ body }) => body.name)));
  const entries = attempt(report, what, () => entriesOf(entry.value, `'versions' of '${what}'`, what, report)) ?? [];
  const read = entries.flatMap(({ key, name, value }) => {
    const version = attempt(report, what, () => {
      if (!known.has(key)) refuseUnknown(what, key, name, known);
      return integerOf(value, resolve, `The version of '${key}' in '${what}'`, 0);
    });
    return version === undefined ? [] : [[key, version] as const];
  });
  return Object.fromEntries(read);
}

function readOrder(what: string, entry: Entry | undefined, reading: Reading): string[] {
  const known = new Set([...reading.vmsds.values()].map(({ name }) => name));
  const order = readStrings(entry, `'order' of '${what}'`, what, reading);
  for (const name of order.filter((each) => !known.has(each)))
    if (entry !== undefined) attempt(reading.report, what, () => refuseUnknown(what, name, entry.value, known));
  return order;
}

function refuseUnknown(what: string, name: string, node: Node, known: ReadonlySet<string>): never {
  return refuse("unknown-vmsd", node, `'${what}' names '${name}', which is no vmsd or subsection${didYouMean(name, known)}.`);
}

/**
 * The builds that a machine type names, or those of the one that it inherits from when it names none. What it says itself of a build stands
 * above what it inherits; an order stands instead of the inherited one.
 */
export function mergeProfiles(inherited: Profiles, own: Profiles): Profiles {
  if (Object.keys(own).length === 0) return inherited;
  const merged = Object.entries(own).map(([name, { properties, versions, order }]): [string, ProfileIr] => {
    const before = inherited[name];
    return [
      name,
      {
        properties: mergeProperties(before?.properties ?? {}, properties),
        versions: { ...before?.versions, ...versions },
        order: order.length > 0 ? order : (before?.order ?? []),
      },
    ];
  });
  return Object.fromEntries(merged);
}
