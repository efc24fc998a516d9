import { readFileSync } from "node:fs";
import { candidatesOf } from "../../cli/stream/machine/candidate.ts";
import { otherChoices, turnedPins } from "../../cli/stream/machine/configured.ts";
import type { Ir, MachineIr, Scalar } from "../../compiler/ir.ts";
import { MACHINES } from "../../machines/gen/machines.ts";
import { ByteReader, ByteWriter, LoadError, type Machine, SaveError, type Section } from "../../runtime/codec/v1.ts";
import type { SectionItem } from "../../runtime/stream/item.ts";
import type { MachineFound } from "../../runtime/stream/section-codec.ts";

const ir = JSON.parse(readFileSync("machines/gen/ir.json", "utf8")) as Ir;
const kept = new Map<string, Promise<{ machine: Machine; choices: ReturnType<typeof choicesBy> }>>();

/** The machine type that the others inherit from, which pins least: for what a user set otherwise than a machine type does. */
const GENERAL = "pc-i440fx-2.12";

/**
 * Loads a section's body by the codec that was generated for it, and saves the state. Gives what is wrong; undefined when all bytes came back.
 */
export async function backAndForth(found: MachineFound, item: SectionItem, body: Uint8Array): Promise<string | undefined> {
  const wrong = await byMachine(found, item, body);
  if (wrong === undefined) return undefined;
  const { profile } = found;
  return (await byMachine({ name: GENERAL, ...(profile === undefined ? {} : { profile }) }, item, body)) === undefined ? undefined : wrong;
}

async function byMachine(
  { name, profile }: Pick<MachineFound, "name" | "profile">,
  item: SectionItem,
  body: Uint8Array,
): Promise<string | undefined> {
  const key = profile === undefined ? name : `${name}/${profile}`;
  const known = kept.get(key) ?? load(name, profile, key);
  kept.set(key, known);
  const { machine, choices } = await known;
  const section = sectionOf(machine, item.name);
  if (section === undefined) return `${machine.name} has no such section`;
  let first: string | undefined;
  for (const properties of choices(item.name)) {
    const wrong = attempt(section, { ...section.properties, ...properties }, item.version, body);
    if (wrong === undefined) return undefined;
    first ??= wrong;
  }
  return first;
}

async function load(
  name: string,
  profile: string | undefined,
  key: string,
): Promise<{ machine: Machine; choices: ReturnType<typeof choicesBy> }> {
  const make = (MACHINES as Readonly<Record<string, () => Promise<Machine>>>)[key];
  if (make === undefined) throw new Error(`There is no machine '${key}'.`);
  return { machine: await make(), choices: choicesBy(name, profile) };
}

function choicesBy(name: string, profile: string | undefined): (section: string) => readonly Readonly<Record<string, Scalar>>[] {
  const machine = Object.values(ir.machines).find((each) => each.name === name) as MachineIr;
  const { list, program } = candidatesOf(ir, [machine], { profile });
  return (section) => {
    const vmsd = list[0]?.find(section)?.vmsd;
    if (vmsd === undefined) return [];
    const all = new Set(Object.keys(vmsd.properties));
    return [{}, ...otherChoices(vmsd, program, all), ...turnedPins(vmsd.properties, all)];
  };
}

function sectionOf({ sections }: Machine, name: string): Section | undefined {
  const last = name.slice(name.lastIndexOf("/") + 1);
  const isBehindPath = name.includes("/");
  const named = sections.filter(({ codec, aliases }) => codec.name === last || aliases.includes(last));
  return named.find(({ behindPath }) => behindPath === isBehindPath) ?? named.find(({ behindPath }) => behindPath === undefined);
}

function attempt({ codec }: Section, properties: object, version: number, body: Uint8Array): string | undefined {
  const r = new ByteReader(body);
  try {
    const state: unknown = codec.load(r, version, properties);
    if (r.at !== body.length) return `its codec stops at ${r.at} of ${body.length} bytes`;
    const w = new ByteWriter();
    codec.save(state, w, properties);
    return isSame(w.written(), body);
  } catch (error) {
    if (error instanceof LoadError || error instanceof SaveError) return error.message;
    throw error;
  }
}

function isSame(written: Uint8Array, body: Uint8Array): string | undefined {
  const at = body.findIndex((byte, index) => written[index] !== byte);
  if (at < 0 && written.length === body.length) return undefined;
  return `saved again it has ${written.length} of ${body.length} bytes and differs at ${at}`;
}
