import { decided } from "../../../compiler/expr/fold.ts";
import type { Ir, MachineIr, Scalar, VmsdIr } from "../../../compiler/ir.ts";
import type { Program } from "../../../compiler/kinds/kind.ts";
import { programOf } from "../../../compiler/program.ts";
import { profileOf, specialise } from "../../../compiler/specialise.ts";

/** A machine type as one build of the emulator has it: what a stream may have been written by. */
export interface Candidate {
  readonly name: string;
  readonly profile?: string;
  /** Names of sections that it writes in this order. */
  readonly order: readonly string[];
  /** A section by its name, which may stand behind a device's path; undefined for one that it does not have. */
  readonly find: (section: string) => Had | undefined;
}

/** A section as a machine type has it. */
export interface Had {
  /** What the machine type sends. */
  readonly vmsd: VmsdIr;
  /** What any machine type may send: a user may set what this one pins otherwise. */
  readonly general: VmsdIr;
  readonly pins: Readonly<Record<string, Scalar>>;
}

export interface Candidates {
  readonly list: readonly Candidate[];
  /** The vmsds of all of them. */
  readonly program: Program;
}

/** Every machine type with each of its profiles, or those alone that are asked for; the newest build first. */
export function candidatesOf(ir: Ir, machines: readonly MachineIr[], wanted: { readonly profile?: string | undefined } = {}): Candidates {
  let vmsds = ir.vmsds;
  const list = machines.flatMap((machine) => {
    const all = Object.keys(machine.profiles).toReversed();
    const profiles = wanted.profile === undefined ? all : all.filter((name) => name === wanted.profile);
    return (profiles.length === 0 ? [undefined] : profiles).map((profile) => {
      const { vmsds: special, idOf } = specialise(ir, machine, profile);
      vmsds = { ...vmsds, ...special };
      const { order, properties } = profileOf(machine, profile);
      const own = [...machine.sections, ...machine.devices].map((id): Had => {
        const general = ir.vmsds[id] as VmsdIr;
        const pins = { ...machine.properties[general.name], ...properties[general.name] };
        return { vmsd: vmsds[idOf(id)] as VmsdIr, general, pins };
      });
      return { name: machine.name, ...(profile === undefined ? {} : { profile }), order, find: finder(own) };
    });
  });
  return { list, program: programOf(vmsds) };
}

function finder(sections: readonly Had[]): Candidate["find"] {
  const named = new Map<string, Had[]>();
  for (const had of sections.filter(({ vmsd }) => decided(vmsd.needed) !== false))
    for (const name of [had.vmsd.name, ...(had.vmsd.aliases ?? [])]) named.set(name, [...(named.get(name) ?? []), had]);
  const fitting = (name: string, isBehindPath: boolean): Had | undefined => {
    const all = named.get(name);
    return all?.find(({ vmsd }) => vmsd.behindPath === isBehindPath) ?? all?.find(({ vmsd }) => vmsd.behindPath === undefined);
  };
  return (section) => {
    const name = section.slice(section.lastIndexOf("/") + 1);
    // A vmsd's own name may hold a slash; a device's path stands before it then as well.
    return fitting(section, false) ?? fitting(section.slice(section.indexOf("/") + 1), true) ?? fitting(name, true);
  };
}
