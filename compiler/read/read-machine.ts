import type { Expression } from "ts-morph";
import type { ContainerIr, MachineIr } from "../ir.ts";
import { booleanOf, stringOf } from "./constants.ts";
import { shown } from "./lift.ts";
import { type Entry, elementsOf, optionsOf } from "./object-entries.ts";
import { mergeProperties, readPinned } from "./pinned-properties.ts";
import { mergeProfiles, readProfiles } from "./read-profiles.ts";
import { readStrings } from "./read-vmsd.ts";
import type { Declared, Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt, placeOf } from "./report.ts";

const MACHINE_OPTIONS = ["inherits", "aliases", "container", "properties", "profiles", "sections", "devices"];
const CONTAINER_OPTIONS = ["configuration", "footers", "description"] as const;
const EVERYTHING: ContainerIr = { configuration: true, footers: true, description: true };

/** Reads one `machine("name", {...})` and merges what it inherits: properties by name, sections and devices by addition. */
export function readMachine({ id, call }: Declared, reading: Reading): MachineIr | undefined {
  const { report, resolve, places } = reading;
  const [nameNode, description] = call.getArguments() as Expression[];
  if (nameNode === undefined || description === undefined)
    return attempt(report, id, () => refuse("missing-option", call, `'${id}' has no name or no description.`));
  const name = attempt(report, id, () => stringOf(nameNode, resolve, `The name of '${id}'`)) ?? id;
  const options = attempt(report, name, () => optionsOf(description, MACHINE_OPTIONS, "A machine type", name, report));
  if (options === undefined) return undefined;

  const inherits = options.get("inherits");
  const newer = inherits === undefined ? undefined : attempt(report, name, () => machineOf(inherits.value, reading));
  const vmsds = (key: string): string[] => {
    const elements = attempt(report, name, () => elementsOf(options.get(key), `'${key}' of '${name}'`)) ?? [];
    return elements.flatMap((each) => attempt(report, name, () => vmsdOf(each, name, reading)) ?? []);
  };
  const machine: MachineIr = {
    id,
    name,
    aliases: readStrings(options.get("aliases"), `'aliases' of '${name}'`, name, reading),
    ...(newer === undefined ? {} : { inherits: newer.name }),
    container: { ...EVERYTHING, ...newer?.container, ...readContainer(name, options.get("container"), reading) },
    properties: mergeProperties(newer?.properties ?? {}, readPinned(name, options.get("properties"), reading)),
    profiles: mergeProfiles(newer?.profiles ?? {}, readProfiles(name, options.get("profiles"), reading)),
    sections: [...new Set([...(newer?.sections ?? []), ...vmsds("sections")])],
    devices: [...new Set([...(newer?.devices ?? []), ...vmsds("devices")])],
    at: placeOf(nameNode, report.root),
  };
  places.set(machine, {});
  return machine;
}

function machineOf(node: Expression, reading: Reading): MachineIr | undefined {
  const definition = reading.resolve(node);
  const declared = definition?.is === "const" ? reading.declared.get(definition.declaration) : undefined;
  if (declared?.is !== "machine") return refuse("not-a-machine", node, `A machine type inherits from ${shown(node)}, which is none.`);
  return reading.machine(declared, node);
}

function vmsdOf(node: Expression, name: string, reading: Reading): string {
  const definition = reading.resolve(node);
  const declared = definition?.is === "const" ? reading.declared.get(definition.declaration) : undefined;
  if (declared?.is !== "vmsd") return refuse("not-a-vmsd", node, `'${name}' has ${shown(node)}, which is no vmsd.`);
  return declared.id;
}

function readContainer(name: string, entry: Entry | undefined, { report, resolve }: Reading): Partial<ContainerIr> {
  if (entry === undefined) return {};
  const options =
    attempt(report, name, () => optionsOf(entry.value, CONTAINER_OPTIONS, "A container", name, report)) ?? new Map<string, Entry>();
  const given = [...options].flatMap(([key, { value }]) => {
    const on = attempt(report, name, () => booleanOf(value, resolve, `'${key}' of '${name}'`));
    return on === undefined ? [] : [[key, on]];
  });
  return Object.fromEntries(given) as Partial<ContainerIr>;
}
