import type { KindIr, VmsdIr } from "./ir.ts";
import type { Program } from "./kinds/kind.ts";
import { allSubsections } from "./kinds/vmsd-fields.ts";

/** What kinds ask for, over a set of vmsds that refer only to each other. */
export function programOf(vmsds: Readonly<Record<string, VmsdIr>>): Program {
  const pinned = pinnedIn(vmsds);
  return {
    vmsd: (id) => vmsds[id] ?? missing(id),
    pinnedVersions: (id) => [...(pinned.get(id) ?? [])].sort((a, b) => a - b),
  };
}

function pinnedIn(vmsds: Readonly<Record<string, VmsdIr>>): ReadonlyMap<string, ReadonlySet<number>> {
  const pinned = new Map<string, Set<number>>();
  const look = (kind: KindIr): void => {
    if (kind.kind === "vstruct" && kind.versionId !== vmsds[kind.vmsd]?.versionId)
      pinned.set(kind.vmsd, (pinned.get(kind.vmsd) ?? new Set()).add(kind.versionId));
    for (const inner of innerKinds(kind)) look(inner);
  };
  for (const vmsd of Object.values(vmsds))
    for (const { fields } of [vmsd, ...allSubsections(vmsd)]) for (const { kind } of fields) look(kind);
  return pinned;
}

/** The kinds that a kind is made of. */
function innerKinds(kind: KindIr): readonly KindIr[] {
  if ("element" in kind) return [kind.element];
  if ("target" in kind) return [kind.target];
  if ("layout" in kind) return [kind.layout];
  return "key" in kind ? [kind.key] : [];
}

function missing(id: string): never {
  throw new Error(`There is no vmsd '${id}'.`);
}
