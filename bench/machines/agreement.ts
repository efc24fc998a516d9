import { readFileSync } from "node:fs";
import { candidatesOf } from "../../cli/stream/machine/candidate.ts";
import { otherChoices } from "../../cli/stream/machine/configured.ts";
import { tryRead } from "../../cli/stream/machine/read-section.ts";
import type { Ir } from "../../compiler/ir.ts";
import { allSubsections } from "../../compiler/kinds/vmsd-fields.ts";
import type { VmsdLayout } from "../../runtime/codec/layout.ts";
import type { SectionItem } from "../../runtime/stream/item.ts";
import { SectionRefusal } from "../../runtime/stream/section-codec.ts";
import { differencesOf, type NameNow } from "./leaves.ts";

const MACHINE = "pc-i440fx-2.12";

const ir = JSON.parse(readFileSync("machines/gen/ir.json", "utf8")) as Ir;
const { list, program } = candidatesOf(
  ir,
  Object.values(ir.machines).filter(({ name }) => name === MACHINE),
);

/** How a descriptor goes with what a stream's own description says of the same bytes. */
export interface Agreement {
  readonly differences: readonly string[];
  /** Leaves of another kind, the kind being that which another build says. */
  readonly explained: readonly string[];
}

/** Whether another build than the stream's says that a leaf of a vmsd has that kind. */
export type IsSaid = (vmsd: string, path: string, type: string) => boolean;

/** By the build and the configuration that leave the least; undefined where no descriptor has the section's name. */
export function agreementOf(item: SectionItem, body: Uint8Array, described: VmsdLayout, isSaid: IsSaid): Agreement | undefined {
  let best: Agreement | undefined;
  for (const candidate of list) {
    const had = candidate.find(item.name);
    if (had === undefined) continue;
    for (const properties of [{}, ...otherChoices(had.vmsd, program, new Set(Object.keys(had.vmsd.properties)))]) {
      const { read } = tryRead(program, had.vmsd, item.version, body, properties);
      if (read instanceof SectionRefusal) {
        best ??= { differences: [`at ${read.offset}: ${read.message}`, "", ""], explained: [] };
        continue;
      }
      const found = compared(described, read.layout, body.length, isSaid);
      if (best === undefined || leavesLess(found, best)) best = found;
      if (best.differences.length + best.explained.length === 0) return best;
    }
  }
  return best;
}

function compared(described: VmsdLayout, own: VmsdLayout, length: number, isSaid: IsSaid): Agreement {
  const differences = own.size === length ? [] : [`its descriptor ends at ${own.size} of ${length} bytes`];
  const explained: string[] = [];
  for (const { line, otherKind } of differencesOf(described, own, nameNow)) {
    const isExplained = otherKind !== undefined && isSaid(described.vmsd, otherKind.path, otherKind.type);
    (isExplained ? explained : differences).push(line);
  }
  return { differences, explained };
}

function leavesLess(a: Agreement, b: Agreement): boolean {
  const more = a.differences.length - b.differences.length;
  return more < 0 || (more === 0 && a.explained.length < b.explained.length);
}

const formerly = new Map<string, string>();
for (const vmsd of Object.values(ir.vmsds))
  for (const body of [vmsd, ...allSubsections(vmsd)])
    for (const { name, formerly: names = [] } of body.fields) for (const before of names) formerly.set(`${body.name}.${before}`, name);

export const nameNow: NameNow = (vmsd, field) => formerly.get(`${vmsd}.${field}`) ?? field;
