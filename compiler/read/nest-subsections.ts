import type { Node } from "ts-morph";
import type { Place, SubsectionIr } from "../ir.ts";
import { didYouMean } from "./nearest.ts";
import type { Part, Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt } from "./report.ts";

/** A subsection as it is declared: in one flat table, naming the one that it is nested in. */
export interface FlatSubsection {
  readonly body: Omit<SubsectionIr, "subsections">;
  readonly of: string | undefined;
  readonly ofNode: Node | undefined;
  readonly parts: Partial<Record<Part, Place>>;
}

/** Puts each where it belongs, in the order of declaration. */
export function nestSubsections(vmsd: string, flat: readonly FlatSubsection[], { report, places }: Reading): SubsectionIr[] {
  const names = flat.map(({ body }) => body.name);
  for (const { body, of, ofNode } of flat)
    attempt(report, body.name, () => {
      if (of === undefined || ofNode === undefined || of === vmsd) return;
      if (!names.includes(of))
        refuse("unknown-subsection", ofNode, `'${body.name}' is nested in '${of}', which '${vmsd}' does not have${didYouMean(of, names)}.`);
      if (isCyclic(body.name, flat)) refuse("subsection-cycle", ofNode, `'${body.name}' is nested in itself.`);
    });
  const under = (parent: string | undefined): SubsectionIr[] =>
    flat
      .filter(({ of }) => (of === vmsd ? undefined : of) === parent)
      .map(({ body, parts }) => {
        const subsection: SubsectionIr = { ...body, subsections: under(body.name) };
        places.set(subsection, parts);
        return subsection;
      });
  return under(undefined);
}

function isCyclic(name: string, flat: readonly FlatSubsection[]): boolean {
  const outer = new Map(flat.map(({ body, of }) => [body.name, of]));
  const seen = new Set<string>();
  for (let each = outer.get(name); each !== undefined && !seen.has(each); each = outer.get(each)) {
    if (each === name) return true;
    seen.add(each);
  }
  return false;
}
