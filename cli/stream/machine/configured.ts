import type { ChoicesIr, Scalar, VmsdIr } from "../../../compiler/ir.ts";
import type { Program } from "../../../compiler/kinds/kind.ts";
import { nestedIn } from "../../../compiler/kinds/nested-in.ts";
import { allSubsections } from "../../../compiler/kinds/vmsd-fields.ts";

/** Most configurations of one section that are looked at. */
const MOST = 4096;

/**
 * The values that users may have given to the properties of a section's device, by likelihood: the defaults first, then what differs in one
 * property, then in more.
 */
export function choicesOf(vmsd: VmsdIr, program: Program): readonly Readonly<Record<string, Scalar>>[] {
  const open = Object.entries(configuredIn(vmsd.id, program, new Map())).filter(([name]) => name in vmsd.properties);
  let sets: Record<string, Scalar>[] = [{}];
  for (const [name, choices] of open) {
    const others = valuesOf(choices).filter((value) => value !== vmsd.properties[name]);
    sets = [...sets, ...sets.flatMap((set) => others.map((value) => ({ ...set, [name]: value })))].slice(0, MOST);
  }
  return sets.toSorted((a, b) => Object.keys(a).length - Object.keys(b).length);
}

type Configured = Readonly<Record<string, ChoicesIr>>;

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
