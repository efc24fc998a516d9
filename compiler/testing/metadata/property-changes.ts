import type { MachineIr } from "../../ir.ts";

/** What a machine type sets: in the intermediate form, and in the head of its metadata. */
export interface Sets {
  readonly properties?: MachineIr["properties"];
  readonly container?: MachineIr["container"];
  readonly profiles?: MachineIr["profiles"];
}

/** What a machine type no longer sets, sets otherwise and, when that is asked, newly sets; each names the property. */
export function propertyChanges(machine: string, before: Sets, now: Sets, { alsoNew = false } = {}): string[] {
  const profiles = new Set([...Object.keys(before.profiles ?? {}), ...(alsoNew ? Object.keys(now.profiles ?? {}) : [])]);
  return [
    ...changesIn(machine, before.properties ?? {}, now.properties ?? {}, alsoNew),
    ...changesIn(machine, containerOf(before), containerOf(now), alsoNew),
    ...[...profiles].flatMap((profile) => {
      const [old, new_] = [before.profiles?.[profile], now.profiles?.[profile]];
      const what = `${machine} of build ${profile}`;
      if (new_ === undefined)
        return [`${machine} no longer has the build ${profile}`, ...changesIn(what, old?.properties ?? {}, {}, alsoNew)];
      const others = (["versions", "order"] as const).filter((key) => JSON.stringify(old?.[key]) !== JSON.stringify(new_[key]));
      return [
        ...changesIn(what, old?.properties ?? {}, new_.properties, alsoNew),
        ...others.map((key) => `${what} has other ${key}: ${JSON.stringify(new_[key])} (it was ${JSON.stringify(old?.[key])})`),
      ];
    }),
  ];
}

/** As if it were a device of that name with a property for each part. */
function containerOf({ container }: Sets): MachineIr["properties"] {
  return container === undefined ? {} : { container: { ...container } };
}

function changesIn(what: string, before: MachineIr["properties"], now: MachineIr["properties"], alsoNew: boolean): string[] {
  const gone = Object.entries(before).flatMap(([vmsd, values]) =>
    Object.entries(values).flatMap(([property, value]) => {
      const name = `${vmsd}.${property}`;
      const own = now[vmsd] ?? {};
      if (!Object.hasOwn(own, property)) return [`${what} no longer sets ${name} (it was ${JSON.stringify(value)})`];
      return own[property] === value ? [] : [`${what} sets ${name} to ${JSON.stringify(own[property])} (it was ${JSON.stringify(value)})`];
    }),
  );
  if (!alsoNew) return gone;
  const added = Object.entries(now).flatMap(([vmsd, values]) =>
    Object.entries(values).flatMap(([property, value]) =>
      Object.hasOwn(before[vmsd] ?? {}, property)
        ? []
        : [`${what} now sets ${vmsd}.${property} to ${JSON.stringify(value)} (it was not set)`],
    ),
  );
  return [...gone, ...added];
}
