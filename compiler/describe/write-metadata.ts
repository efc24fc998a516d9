import type { Ir, MachineIr, Scalar, SubsectionIr, VmsdIr } from "../ir.ts";
import type { Program } from "../kinds/kind.ts";
import { nestedIn } from "../kinds/nested-in.ts";
import { allSubsections } from "../kinds/vmsd-fields.ts";
import { programOf } from "../program.ts";
import { NO_PROFILE, profileOf } from "../specialise.ts";
import type { Section } from "./metadata.ts";
import { placeText, writeVmsd } from "./write-vmsd.ts";

export interface WriteOptions {
  /** Id, name or alias of a machine type: its sections and devices alone, and what it decides. Left out: every section there is. */
  readonly machine?: string;
  /** As a build of the emulator has it that the machine type has a profile for. */
  readonly profile?: string;
}

export interface MetadataHead {
  readonly Name: string;
  readonly schema: "vmstate-metadata/1";
  readonly devices: readonly string[];
  readonly properties: MachineIr["properties"];
  /** What stands around the sections; absent where there is no machine type. */
  readonly container?: MachineIr["container"];
  /** What is otherwise with one build of the emulator; absent where no build has anything of its own. */
  readonly profiles?: MachineIr["profiles"];
}

/** A metadata file (schemas/metadata.schema.json), ready for JSON.stringify: its head, and each section by its QOM type. */
export type MetadataFile = { readonly vmschkmachine: MetadataHead } & { readonly [type: string]: Section | MetadataHead };

/** QEMU's name for the machine type that has nothing. */
const NO_MACHINE = "none";

/** What the descriptors say, as metadata. Throws when there is no such machine type; `machineOf` tells beforehand. */
export function writeMetadata(ir: Ir, { machine: name, profile }: WriteOptions = {}): MetadataFile {
  const general = name === undefined ? undefined : machineOf(ir, name);
  if (name !== undefined && general === undefined) throw new Error(`There is no machine type '${name}'.`);
  const { properties, versions } = general === undefined ? NO_PROFILE : profileOf(general, profile);
  const machine = general === undefined ? undefined : { ...general, properties: mergedPins(general.properties, properties) };
  const program = programOf(Object.fromEntries(Object.entries(ir.vmsds).map(([id, vmsd]) => [id, atVersions(vmsd, versions)])));
  const ids = machine === undefined ? sectionsOf(ir) : [...machine.sections, ...machine.devices];
  const sections: Record<string, Section> = {};
  for (const id of new Set(ids)) {
    const vmsd = program.vmsd(id);
    const section = writeSection(vmsd, machine?.properties[vmsd.name] ?? {}, program);
    for (const type of vmsd.types.length > 0 ? vmsd.types : [vmsd.name]) sections[freeKey(sections, type)] = { Name: type, ...section };
  }
  const head: MetadataHead = {
    Name: machine?.name ?? NO_MACHINE,
    schema: "vmstate-metadata/1",
    devices: Object.keys(sections).sort(),
    properties: machine?.properties ?? {},
    ...(machine === undefined ? {} : { container: machine.container }),
    ...(machine === undefined || Object.keys(machine.profiles).length === 0 ? {} : { profiles: machine.profiles }),
  };
  return { vmschkmachine: head, ...sections };
}

type Pins = MachineIr["properties"];

function mergedPins(machine: Pins, profile: Pins): Pins {
  const names = new Set([...Object.keys(machine), ...Object.keys(profile)]);
  return Object.fromEntries([...names].map((name) => [name, { ...machine[name], ...profile[name] }]));
}

/** A description with the versions that a build writes. */
function atVersions<B extends VmsdIr | SubsectionIr>(body: B, versions: Readonly<Record<string, number>>): B {
  const versionId = Object.hasOwn(versions, body.name) ? versions[body.name] : body.versionId;
  return { ...body, versionId, subsections: body.subsections.map((each) => atVersions(each, versions)) };
}

/** A machine type by its id, its name or an alias. */
export function machineOf(ir: Ir, name: string): MachineIr | undefined {
  return Object.values(ir.machines).find((each) => each.id === name || each.name === name || each.aliases.includes(name));
}

/** All but the vmsds that are only within others. */
function sectionsOf(ir: Ir): string[] {
  const vmsds = Object.values(ir.vmsds);
  const listed = new Set(Object.values(ir.machines).flatMap(({ sections, devices }) => [...sections, ...devices]));
  const within = new Set(
    vmsds.flatMap((vmsd) => [vmsd, ...allSubsections(vmsd)]).flatMap(({ fields }) => fields.flatMap(({ kind }) => nestedIn(kind))),
  );
  return vmsds.filter(({ id, types }) => listed.has(id) || types.length > 0 || !within.has(id)).map(({ id }) => id);
}

function writeSection(vmsd: VmsdIr, pinned: Readonly<Record<string, Scalar>>, program: Program): Omit<Section, "Name"> {
  const { needed, decided, ...description } = writeVmsd(vmsd, vmsd, pinned, program);
  return {
    version_id: vmsd.versionId,
    minimum_version_id: vmsd.minimumVersionId,
    at: placeText(vmsd.at),
    ...(needed === undefined ? {} : { needed }),
    ...(decided === undefined ? {} : { decided }),
    ...(vmsd.early === undefined ? {} : { early: vmsd.early }),
    ...(vmsd.priority === undefined ? {} : { priority: vmsd.priority }),
    ...(vmsd.unmigratable === undefined ? {} : { unmigratable: vmsd.unmigratable }),
    ...(vmsd.aliases === undefined ? {} : { aliases: vmsd.aliases }),
    ...(vmsd.instanceId === undefined ? {} : { instance_id: vmsd.instanceId }),
    Description: description,
  };
}

/** Sections of one name and no types, as two vmsds for one device are, are told apart as those of a stream are. */
function freeKey(sections: Readonly<Record<string, Section>>, type: string): string {
  let key = type;
  for (let n = 2; Object.hasOwn(sections, key) || key === "vmschkmachine"; n++) key = `${type}#${n}`;
  return key;
}
