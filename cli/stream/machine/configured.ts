import type { ChoicesIr, Scalar, VmsdIr } from "../../../compiler/ir.ts";
import type { Program } from "../../../compiler/kinds/kind.ts";
import { nestedIn } from "../../../compiler/kinds/nested-in.ts";
import { allSubsections } from "../../../compiler/kinds/vmsd-fields.ts";

/** Most configurations of one section that are looked at. */
const MOST = 4096;

/**
 * Values that users may have given to those of a device's properties that are `asked` for, besides the defaults: what differs in one property
 * first, then in more.
 */
export function otherChoices(vmsd: VmsdIr, program: Program, asked: ReadonlySet<string>): readonly Readonly<Record<string, Scalar>>[] {
  const open = Object.entries(configuredIn(vmsd.id, program, new Map())).filter(([name]) => name in vmsd.properties && asked.has(name));
  let sets: Record<string, Scalar>[] = [{}];
  for (const [name, choices] of open) {
    const others = valuesOf(choices).filter((value) => value !== vmsd.properties[name]);
    sets = [...sets, ...sets.slice(0, MOST / others.length).flatMap((set) => others.map((value) => ({ ...set, [name]: value })))];
  }
  return sets.slice(1).toSorted((a, b) => Object.keys(a).length - Object.keys(b).length);
}

type Configured = Readonly<Record<string, ChoicesIr>>;

/** The same for what a machine type pins and a user may set otherwise: flags that are asked for, one of them turned, then more. */
export function turnedPins(
  pins: Readonly<Record<string, Scalar>>,
  asked: ReadonlySet<string>,
): readonly Readonly<Record<string, Scalar>>[] {
  const flags = Object.entries(pins).filter(([name, value]) => typeof value === "boolean" && asked.has(name));
  let sets: Record<string, Scalar>[] = [{ ...pins }];
  for (const [name, value] of flags) sets = [...sets, ...sets.map((set) => ({ ...set, [name]: !value }))];
  return sets;
}

/** Of the vmsd and of all within it. */
function configuredIn(id: string, program: Program, known: Map<string, Configured>): Configured {
  const before = known.get(id);
  if (before !== undefined) return before;
  const vmsd = program.vmsd(id);
  const within = [vmsd, ...allSubsections(vmsd)].flatMap(({ fields }) => fields.flatMap(({ kind }) => nestedIn(kind)));
  const all: Configured = Object.assign({}, ...within.map((inner) => configuredIn(inner, program, known)), vmsd.configured);
  known.set(id, all);
  return all;
}

function valuesOf(choices: ChoicesIr): readonly Scalar[] {
  if (!("from" in choices)) return choices;
  return Array.from({ length: choices.to - choices.from + 1 }, (_, n) => choices.from + n);
}
