import { relative, sep } from "node:path";
import type { Node } from "ts-morph";
import type { Ir, MachineIr, VmsdIr } from "../ir.ts";
import { refuseBrokenSource } from "./broken-source.ts";
import { findDeclarations } from "./declarations.ts";
import { resolver } from "./definition.ts";
import { lint } from "./lint/run-lint.ts";
import { readMachine } from "./read-machine.ts";
import { readVmsd } from "./read-vmsd.ts";
import type { Declared, Places, Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt, type Report } from "./report.ts";
import { type Finding, SchemaError, SchemaErrors } from "./schema-error.ts";
import { loadSourceFiles, type SourceFiles } from "./source-files.ts";

export interface Read {
  readonly ir: Ir;
  readonly warnings: readonly Finding[];
  /** Every file that was read, relative to the root: a change of any other changes nothing. */
  readonly files: readonly string[];
}

/**
 * Reads descriptors and what they import. `files` are relative to `root`, and so are the places that are reported. Throws
 * `SchemaErrors`, which holds all that is wrong in the run.
 */
export function readDescriptors(root: string, files: readonly string[]): Read {
  const report: Report = { root, findings: [] };
  const sources = loadSourceFiles(root, files);
  refuseBrokenSource(sources, report);
  const { ir, places, sound } = readAll(sources, report);
  report.findings.push(...lint(ir, places, sound));
  const warnings = report.findings.filter(({ level }) => level === "warning").sort(byPlace);
  const errors = report.findings.filter(({ level }) => level === "error").sort(byPlace);
  if (errors.length > 0)
    throw new SchemaErrors(
      errors.map((each) => new SchemaError(each)),
      warnings,
    );
  return { ir, warnings, files: sources.all.map((file) => relative(root, file.getFilePath()).split(sep).join("/")) };
}

interface ReadAll {
  readonly ir: Ir;
  readonly places: Places;
  /** Ids of what was read without a refusal, within it as well: only of those can more be said. */
  readonly sound: ReadonlySet<string>;
}

/** Vmsds first, each after those that it holds, and then the machine types that have them. */
function readAll(sources: SourceFiles, report: Report): ReadAll {
  const resolve = resolver(sources);
  const declared = findDeclarations(sources.all, resolve, report);
  const places: Places = new Map();
  const sound = new Set<string>();
  const vmsds = new Map<string, VmsdIr>();
  const machines = new Map<string, MachineIr>();
  const once = <T>(
    finished: Map<string, T>,
    read: (one: Declared, reading: Reading) => T | undefined,
    cycle: (id: string, from: Node) => never,
  ) => {
    const started = new Set<string>();
    return (one: Declared, from: Node): T | undefined => {
      if (started.has(one.id)) return finished.get(one.id) ?? (open.has(one.id) ? cycle(one.id, from) : undefined);
      started.add(one.id);
      open.add(one.id);
      const before = report.findings.length;
      const result = read(one, reading);
      open.delete(one.id);
      if (result !== undefined) finished.set(one.id, result);
      if (report.findings.length === before) sound.add(one.id);
      return result;
    };
  };
  const open = new Set<string>();
  const reading: Reading = {
    report,
    resolve,
    places,
    declared,
    vmsds,
    vmsd: once(vmsds, readVmsd, (id, from) => refuse("struct-cycle", from, `'${id}' holds itself; a state without end has no layout.`)),
    machine: once(machines, readMachine, (id, from) => refuse("machine-cycle", from, `'${id}' inherits from itself.`)),
  };
  const all = [...declared.values()];
  for (const one of all.filter(({ is }) => is === "vmsd")) reading.vmsd(one, one.call);
  for (const one of all.filter(({ is }) => is === "machine")) reading.machine(one, one.call);
  refuseSharedNames(machines, all, report);
  return { ir: { vmsds: Object.fromEntries(vmsds), machines: Object.fromEntries(machines) }, places, sound };
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

function byPlace({ at: a }: Finding, { at: b }: Finding): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}
