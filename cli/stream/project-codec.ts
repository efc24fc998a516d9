import type { SectionCodec } from "../../runtime/stream/section-codec.ts";

/** The sections of a machine type of the project in the working folder; none when no machine type was named. */
export async function projectCodec(machine: string | undefined): Promise<SectionCodec | undefined> {
  if (machine === undefined) return undefined;
  // Reading descriptors brings a compiler with it.
  const { findMachine } = await import("../project-metadata.ts");
  const { ir, machine: found } = await findMachine(machine);
  const [{ programOf }, { specialise }, { machineCodec }] = await Promise.all([
    import("../../compiler/program.ts"),
    import("../../compiler/specialise.ts"),
    import("./machine-codec.ts"),
  ]);
  const { vmsds, idOf } = specialise(ir, found);
  return machineCodec(programOf({ ...ir.vmsds, ...vmsds }), found, idOf);
}
