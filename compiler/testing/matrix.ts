import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { machineOf } from "../describe/write-metadata.ts";
import type { Ir, MachineIr, VmsdIr } from "../ir.ts";
import { nestedIn } from "../kinds/nested-in.ts";
import { allSubsections } from "../kinds/vmsd-fields.ts";
import { programOf } from "../program.ts";
import { specialise } from "../specialise.ts";
import type { Generated } from "./generated.ts";
import type { MatrixOptions } from "./matrix-options.ts";
import type { Section } from "./section.ts";

/** What `vmstate compile` wrote, and the machine types of it that are looked at. */
export interface Matrix {
  readonly root: string;
  /** Full path. */
  readonly gen: string;
  readonly ir: Ir;
  readonly machines: readonly MachineIr[];
}

/** A section of one build, and its generated files. */
export interface Cell extends Section {
  readonly id: string;
  readonly generated: Generated;
}

export interface Build {
  /** Absent: the machine type as no build has it otherwise. */
  readonly profile?: string;
  readonly cells: readonly Cell[];
}

/** Reads what was generated. Throws for a folder that has nothing of it, and for a machine type that it does not have. */
export function openMatrix(names: readonly string[], options: Pick<MatrixOptions, "root" | "gen">): Matrix {
  const root = resolve(options.root ?? ".");
  const gen = resolve(root, options.gen);
  const file = join(gen, "ir.json");
  if (!existsSync(file)) throw new Error(`There is no file '${file}'; run vmstate compile, and declare a machine type if there is none.`);
  const ir = JSON.parse(readFileSync(file, "utf8")) as Ir;
  const machines = names.map((name) => {
    const machine = machineOf(ir, name);
    if (machine !== undefined) return machine;
    const known = Object.values(ir.machines).flatMap((each) => [each.name, ...each.aliases]);
    throw new Error(`'${file}' has no machine type '${name}'; it has ${known.join(", ")}.`);
  });
  return { root, gen, ir, machines };
}

/** The machine type as it is and with each build of the emulator that it has a profile for. */
export function buildsOf({ ir }: Matrix, machine: MachineIr): readonly Build[] {
  return [undefined, ...Object.keys(machine.profiles)].map((profile) => {
    const { vmsds: special, idOf } = specialise(ir, machine, profile);
    const all = { ...ir.vmsds, ...special };
    const program = programOf(all);
    const path = (id: string): string => `codecs/${id}.ts`;
    const cells = [...machine.sections, ...machine.devices].map((general): Cell => {
      const id = idOf(general);
      const vmsds = closure(id, all);
      const vmsd = all[id] as VmsdIr;
      const codecs = Object.fromEntries(Object.keys(vmsds).map((each) => [each, path(each)]));
      const generated = { codec: path(id), view: `codecs/${general}.view.ts`, codecs };
      return { id, name: vmsd.name, vmsd, vmsds, program, properties: vmsd.properties, generated };
    });
    return { ...(profile === undefined ? {} : { profile }), cells };
  });
}

/** A vmsd and all that is within it. */
function closure(id: string, all: Readonly<Record<string, VmsdIr>>): Record<string, VmsdIr> {
  const found: Record<string, VmsdIr> = {};
  const add = (each: string): void => {
    const vmsd = all[each];
    if (vmsd === undefined || each in found) return;
    found[each] = vmsd;
    for (const { fields } of [vmsd, ...allSubsections(vmsd)]) for (const { kind } of fields) for (const inner of nestedIn(kind)) add(inner);
  };
  add(id);
  return found;
}
