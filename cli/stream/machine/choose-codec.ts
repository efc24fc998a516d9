import type { SectionCodec } from "../../../runtime/stream/section-codec.ts";
import { builtInMachines } from "../../built-in-machines.ts";
import { UsageError } from "../../command.ts";
import { findMachine } from "../../project-metadata.ts";
import { candidatesOf } from "./candidate.ts";
import { MachineCodec } from "./machine-codec.ts";

export interface MachineOptions {
  readonly machine?: string | undefined;
  readonly profile?: string | undefined;
}

/**
 * What sections are read by: the machine type that is named, of the project in the working folder or of those that come with this tool; or,
 * for sections that a stream does not describe, whichever of the latter fits. Throws UsageError, and what reading descriptors throws.
 */
export async function chooseCodec({ machine: name, profile }: MachineOptions): Promise<SectionCodec> {
  if (name === undefined) {
    if (profile !== undefined) throw new UsageError("--profile is one of a machine type's, which --machine names.");
    return inferringCodec();
  }
  const { ir, machine } = await findMachine(name);
  const profiles = Object.keys(machine.profiles);
  if (profile !== undefined && !profiles.includes(profile))
    throw new UsageError(
      `${machine.name} has no profile '${profile}'${profiles.length === 0 ? "" : `; there are ${profiles.join(", ")}`}.`,
    );
  return new MachineCodec(candidatesOf(ir, [machine], { profile }), true);
}

/** Reads no machine types before it meets a section that the stream does not describe: most do. */
function inferringCodec(): SectionCodec {
  let made: MachineCodec | undefined;
  return {
    onlyUndescribed: true,
    layoutOf: (section) => {
      if (made === undefined) {
        const ir = builtInMachines();
        const { machine } = section;
        const machines = Object.values(ir.machines).filter(({ name, container }) =>
          machine === undefined ? !container.configuration : name === machine,
        );
        made = new MachineCodec(candidatesOf(ir, machines), false);
      }
      return made.layoutOf(section);
    },
    machine: () => made?.machine(),
  };
}
