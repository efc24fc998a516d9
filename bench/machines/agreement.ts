import { readFileSync } from "node:fs";
import { type Candidate, candidatesOf } from "../../cli/stream/machine/candidate.ts";
import { otherChoices } from "../../cli/stream/machine/configured.ts";
import { tryRead } from "../../cli/stream/machine/read-section.ts";
import type { Ir } from "../../compiler/ir.ts";
import { allSubsections } from "../../compiler/kinds/vmsd-fields.ts";
import type { SectionLayout } from "../../runtime/stream/description/layout.ts";
import type { SectionItem } from "../../runtime/stream/item.ts";
import { SectionRefusal } from "../../runtime/stream/section-codec.ts";
import { differencesOf, type NameNow } from "./leaves.ts";

const MACHINE = "pc-i440fx-2.12";

const ir = JSON.parse(readFileSync("machines/gen/ir.json", "utf8")) as Ir;
const { list, program } = candidatesOf(
  ir,
  Object.values(ir.machines).filter(({ name }) => name === MACHINE),
);

/**
 * What differs between a section's descriptor and what the stream's own description says of the same bytes, by the build and the
 * configuration that leave the least; undefined where no descriptor has its name.
 */
export function differencesIn(item: SectionItem, body: Uint8Array, described: SectionLayout): readonly string[] | undefined {
  let best: readonly string[] | undefined;
  for (const candidate of list) {
    const found = byCandidate(candidate, item, body, described);
    if (found !== undefined && (best === undefined || found.length < best.length)) best = found;
    if (best?.length === 0) return best;
  }
  return best;
}

function byCandidate(candidate: Candidate, item: SectionItem, body: Uint8Array, { vmsd }: SectionLayout): readonly string[] | undefined {
  const had = candidate.find(item.name);
  if (had === undefined) return undefined;
  let best: readonly string[] | undefined;
  for (const properties of [{}, ...otherChoices(had.vmsd, program, new Set(Object.keys(had.vmsd.properties)))]) {
    const { read } = tryRead(program, had.vmsd, item.version, body, properties);
    if (read instanceof SectionRefusal) {
      best ??= [`at ${read.offset}: ${read.message}`, "", ""];
      continue;
    }
    const whole = read.layout.size === body.length ? [] : [`its descriptor ends at ${read.layout.size} of ${body.length} bytes`];
    const found = [...whole, ...differencesOf(vmsd, read.layout, nameNow)];
    if (best === undefined || found.length < best.length) best = found;
    if (best.length === 0) return best;
  }
  return best;
}

const formerly = new Map<string, string>();
for (const vmsd of Object.values(ir.vmsds))
  for (const body of [vmsd, ...allSubsections(vmsd)])
    for (const { name, formerly: names = [] } of body.fields) for (const before of names) formerly.set(`${body.name}.${before}`, name);

const nameNow: NameNow = (vmsd, field) => formerly.get(`${vmsd}.${field}`) ?? field;
