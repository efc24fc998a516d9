import type { Scalar, VmsdIr } from "../ir.ts";
import { constantOf } from "./constants.ts";
import { didYouMean } from "./nearest.ts";
import { type Entry, entriesOf } from "./object-entries.ts";
import type { Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt } from "./report.ts";

/** What a machine type sets, by vmsd name and property. */
export type Pinned = Readonly<Record<string, Readonly<Record<string, Scalar>>>>;

/** The properties that one machine type sets itself, each checked against the vmsds of that name. */
export function readPinned(machine: string, entry: Entry | undefined, reading: Reading): Pinned {
  const { report, vmsds } = reading;
  if (entry === undefined) return {};
  const what = `'properties' of '${machine}'`;
  const known = [...vmsds.values()];
  const pinned: Record<string, Readonly<Record<string, Scalar>>> = {};
  for (const each of attempt(report, machine, () => entriesOf(entry.value, what, machine, report)) ?? [])
    attempt(report, machine, () => {
      const named = known.filter(({ name }) => name === each.key);
      if (named.length === 0) {
        const guess = didYouMean(each.key, new Set(known.map(({ name }) => name)));
        return refuse("unknown-vmsd", each.name, `'${machine}' sets properties of '${each.key}', which is no vmsd${guess}.`);
      }
      pinned[each.key] = readOne(machine, each, named, reading);
    });
  return pinned;
}

function readOne(machine: string, entry: Entry, vmsds: readonly VmsdIr[], { report, resolve }: Reading): Record<string, Scalar> {
  const defaults: Readonly<Record<string, Scalar>> = Object.assign({}, ...vmsds.map(({ properties }) => properties));
  const path = `${machine}/${entry.key}`;
  const values: Record<string, Scalar> = {};
  for (const { key, name, value: node } of entriesOf(entry.value, `'properties' of '${entry.key}'`, path, report))
    attempt(report, path, () => {
      const initial = defaults[key];
      if (initial === undefined || !Object.hasOwn(defaults, key)) {
        const guess = didYouMean(key, Object.keys(defaults));
        return refuse("unknown-machine-property", name, `'${machine}' sets property '${key}', which '${entry.key}' does not have${guess}.`);
      }
      const value = constantOf(node, resolve, `The value of property '${key}'`);
      if (typeof value === "bigint" || typeof value !== typeof initial)
        return refuse(
          "wrong-type",
          node,
          `Property '${key}' of '${entry.key}' is a ${typeof value} here; its default is a ${typeof initial}.`,
        );
      values[key] = value;
    });
  return values;
}

/** What a machine type sets itself stands above what it inherits. */
export function mergeProperties(inherited: Pinned, own: Pinned): Pinned {
  const merged: Record<string, Readonly<Record<string, Scalar>>> = { ...inherited };
  for (const [vmsd, values] of Object.entries(own)) merged[vmsd] = { ...merged[vmsd], ...values };
  return merged;
}
