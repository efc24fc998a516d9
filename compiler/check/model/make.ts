import type { Random } from "./random.ts";
import type { ModelField, ModelVmsd } from "./schema.ts";

/** What a layout is made with. Identities are fresh in a pair, so that no two things of it are confused. */
export interface Maker {
  readonly random: Random;
  readonly id: () => number;
}

const SIZES = [1, 1, 2, 2, 4, 4, 4, 8, 8, 6, 16];
/** Few enough that every combination of them is tried. */
export const CONDITIONS = ["c0", "c1", "c2", "c3", "c4"];

/** Names are such that none begins another: the prefix of a subsection's name decides who takes it. */
export function makeVmsd(maker: Maker, name: string, depth: number): ModelVmsd {
  const { random } = maker;
  const version = 1 + random.int(4);
  const vmsd: ModelVmsd = {
    id: maker.id(),
    name,
    version,
    minimum: random.int(version + 1),
    needed: undefined,
    fields: [],
    subsections: [],
  };
  const length = (depth === 0 ? 2 : 1) + random.int(depth === 0 ? 6 : 3);
  for (let at = 0; at < length; at++) vmsd.fields.push(...makeFields(maker, version, depth));
  const subsections = depth === 0 ? random.pick([0, 0, 1, 1, 2]) : random.pick([0, 0, 0, 0, 1]);
  for (let at = 0; at < subsections; at++) vmsd.subsections.push(makeSubsection(maker, name, depth));
  return vmsd;
}

export function makeSubsection(maker: Maker, parent: string, depth: number): ModelVmsd {
  const subsection = makeVmsd(maker, `${parent}/x${maker.id()}`, Math.max(depth, 1) + 1);
  subsection.needed = maker.random.chance(0.9) ? maker.random.pick(CONDITIONS) : undefined;
  return subsection;
}

/** One field, or the neighbours of one name that exclude each other, or two fields that share a name as real devices have them. */
function makeFields(maker: Maker, version: number, depth: number): ModelField[] {
  const { random } = maker;
  const field = makeField(maker, version, depth);
  if (field.content !== "value") return [field];
  if (random.chance(0.06)) {
    const condition = random.pick(CONDITIONS);
    const other = { ...makeValue(maker), name: field.name, condition: `!${condition}` };
    return [{ ...field, condition }, other];
  }
  if (random.chance(0.04)) return [field, { ...makeValue(maker), name: field.name, condition: undefined }];
  return [field];
}

/** In a struct no field is beyond the struct's own version: it would never be sent, and a struct of such fields would be nothing. */
export function makeField(maker: Maker, version: number, depth: number): ModelField {
  const { random } = maker;
  const field = makeValue(maker);
  field.version = random.pick([0, 0, 0, 0, 0, 0, version, 1 + random.int(version), depth === 0 ? version + 1 : version]);
  if (random.chance(0.15)) field.condition = random.pick(CONDITIONS);
  const content = random.int(100);
  if (content < 8) return { ...field, name: "unused", content: "padding", count: 1, array: false };
  if (content < 11) return { ...field, content: "opaque", count: 1, array: false };
  if (content < 31 && depth < 2)
    return { ...field, content: "struct", vmsd: makeVmsd(maker, `s${String(maker.id()).padStart(4, "0")}`, depth + 1) };
  return field;
}

export function makeValue({ random, id }: Maker): ModelField {
  const array = random.chance(0.3);
  const identity = id();
  return {
    id: identity,
    name: `f${identity}`,
    version: 0,
    condition: undefined,
    content: "value",
    size: random.pick(SIZES),
    count: array ? 1 + random.int(4) : 1,
    array,
    vmsd: undefined,
  };
}
