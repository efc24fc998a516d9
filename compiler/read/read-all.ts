import type { Node } from "ts-morph";
import type { Ir, MachineIr, VmsdIr } from "../ir.ts";
import { findDeclarations } from "./declarations.ts";
import { resolver } from "./definition.ts";
import { allFields, nestedIn } from "./nested.ts";
import { readMachine } from "./read-machine.ts";
import { readVmsd } from "./read-vmsd.ts";
import type { Declared, Places, Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt, type Report } from "./report.ts";
import type { SourceFiles } from "./source-files.ts";

export interface ReadAll {
  readonly ir: Ir;
  readonly places: Places;
  /** Ids of what was read without a refusal, within it as well: only of those can more be said. */
  readonly sound: ReadonlySet<string>;
}

/** Vmsds first, each after those that it holds, and then the machine types that have them. */
export function readAll(sources: SourceFiles, report: Report): ReadAll {
  const resolve = resolver(sources);
  const declared = findDeclarations(sources.all, resolve, report);
  const places: Places = new Map();
  const sound = new Set<string>();
  const vmsds = new Map<string, VmsdIr>();
  const machines = new Map<string, MachineIr>();
  const reading: Reading = {
    report,
    resolve,
    places,
    declared,
    vmsds,
    vmsd: once(vmsds, readSound, (id, from) => refuse("struct-cycle", from, `'${id}' holds itself; a state without end has no layout.`)),
    machine: once(
      machines,
      (one) => readMachine(one, reading),
      (id, from) => refuse("machine-cycle", from, `'${id}' inherits from itself.`),
    ),
  };
  function readSound(one: Declared): VmsdIr | undefined {
    const before = report.refusals;
    const vmsd = readVmsd(one, reading);
    if (vmsd !== undefined && report.refusals === before && heldBy(vmsd).every((id) => sound.has(id))) sound.add(vmsd.id);
    return vmsd;
  }
  const all = [...declared.values()];
  for (const one of all.filter(({ is }) => is === "vmsd")) reading.vmsd(one, one.call);
  for (const one of all.filter(({ is }) => is === "machine")) reading.machine(one, one.call);
  refuseSharedNames(machines, all, report);
  return { ir: { vmsds: Object.fromEntries(vmsds), machines: Object.fromEntries(machines) }, places, sound };
}

/** Reads each one when it is first asked for; `cycle` refuses one that is asked for while it is read. */
function once<T>(finished: Map<string, T>, read: (one: Declared) => T | undefined, cycle: (id: string, from: Node) => never) {
  const started = new Set<string>();
  const open = new Set<string>();
  return (one: Declared, from: Node): T | undefined => {
    if (open.has(one.id)) return cycle(one.id, from);
    if (started.has(one.id)) return finished.get(one.id);
    started.add(one.id);
    open.add(one.id);
    const result = read(one);
    open.delete(one.id);
    if (result !== undefined) finished.set(one.id, result);
    return result;
  };
}

/** One that was read before, and refused in part, adds no refusal when it is asked for again. */
function heldBy(vmsd: VmsdIr): string[] {
  return allFields(vmsd).flatMap(({ kind }) => nestedIn(kind).map(({ id }) => id));
}

/** A name or an alias chooses one machine type. */
function refuseSharedNames(machines: ReadonlyMap<string, MachineIr>, declared: readonly Declared[], report: Report): void {
  const owners = new Map<string, string>();
  for (const { id, call } of declared) {
    const machine = machines.get(id);
    if (machine === undefined) continue;
    for (const name of [machine.name, ...machine.aliases]) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, id);
      else
        attempt(report, machine.name, () => refuse("duplicate-machine-name", call, `'${id}' has the name '${name}', as '${owner}' has.`));
    }
  }
}
