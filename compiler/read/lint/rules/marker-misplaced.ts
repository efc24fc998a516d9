import type { Ir, KindIr, VmsdIr } from "../../../ir.ts";
import { allFields, kindsWithin, nestedIn } from "../../nested.ts";
import { type Fault, LISTS, lintRule } from "../lint-rule.ts";

/** The marker is the byte that a list has before each element: only a list's element can begin with it. */
export const markerMisplaced = lintRule({
  id: "marker-misplaced",
  on: "vmsd",
  level: "error",
  summary: "a marker that is not the first field of a list's element",
  check: ({ vmsd, ir }) => {
    const having = allFields(vmsd).filter(({ kind }) => hasMarker(kind));
    if (having.length === 0) return undefined;
    const faults = having
      .filter((field) => field !== vmsd.fields[0] || field.kind.kind !== "marker")
      .map(({ key }): Fault => ({ sentence: `The marker '${key}' is not the first field of '${vmsd.name}'.` }));
    const other = otherUse(vmsd, ir);
    return other === undefined ? faults : [...faults, { sentence: `'${vmsd.name}' begins with a marker, but ${other}.` }];
  },
});

function hasMarker(kind: KindIr): boolean {
  return kind.kind === "marker" || kindsWithin(kind).some(hasMarker);
}

function otherUse(vmsd: VmsdIr, ir: Ir): string | undefined {
  const holders = Object.values(ir.vmsds).flatMap((each) =>
    allFields(each).flatMap((field) =>
      nestedIn(field.kind).flatMap(({ id, holder }) => (id === vmsd.id ? [{ holder, path: `${each.name}/${field.key}` }] : [])),
    ),
  );
  const other = holders.find(({ holder }) => !LISTS.has(holder.kind));
  if (other !== undefined) return `'${other.path}' holds it as a ${other.holder.kind}`;
  const machine = Object.values(ir.machines).find(({ sections, devices }) => sections.includes(vmsd.id) || devices.includes(vmsd.id));
  if (machine !== undefined) return `'${machine.name}' has it as a section`;
  return holders.length === 0 ? "no list has it as its element" : undefined;
}
