import type { ProfileIr } from "../ir.ts";
import { integerOf } from "./constants.ts";
import { type Entry, entriesOf, optionsOf } from "./object-entries.ts";
import { mergeProperties, readPinned } from "./pinned-properties.ts";
import { readStrings } from "./read-vmsd.ts";
import type { Reading } from "./reading.ts";
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
      order: readStrings(options?.get("order"), `'order' of '${what}'`, what, reading),
    };
  }
  return profiles;
}

function readVersions(what: string, entry: Entry | undefined, { report, resolve }: Reading): Record<string, number> {
  if (entry === undefined) return {};
  const entries = attempt(report, what, () => entriesOf(entry.value, `'versions' of '${what}'`, what, report)) ?? [];
  const read = entries.flatMap(({ key, value }) => {
    const version = attempt(report, what, () => integerOf(value, resolve, `The version of '${key}' in '${what}'`, 0));
    return version === undefined ? [] : [[key, version] as const];
  });
  return Object.fromEntries(read);
}

/** What a machine type says itself of a build stands above what it inherits; an order stands instead of the inherited one. */
export function mergeProfiles(inherited: Profiles, own: Profiles): Profiles {
  const merged: Record<string, ProfileIr> = { ...inherited };
  for (const [name, { properties, versions, order }] of Object.entries(own)) {
    const before = inherited[name];
    merged[name] = {
      properties: mergeProperties(before?.properties ?? {}, properties),
      versions: { ...before?.versions, ...versions },
      order: order.length > 0 ? order : (before?.order ?? []),
    };
  }
  return merged;
}
