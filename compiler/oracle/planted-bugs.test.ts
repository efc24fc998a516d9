import { expect, test } from "vitest";
import { KINDS } from "../kinds/index.ts";
import { compareCodec } from "./compare.ts";
import { withPlanted } from "./plant.ts";
import { PLANTED, PLANTED_IN_TEXT } from "./planted.ts";
import { type RandomSchema, randomSchema } from "./random-schema.ts";
import { type Generated, runModule, sourcesOf } from "./run-codec.ts";

const FIRST = Number(process.env.VMSTATE_SEED ?? "1");
/** Schemas that a bug is in before it must have been found; and seeds that are looked at for them, which costs little. */
const MOST_WITH_BUG = 400;
const MOST_SEEDS = 6000;

/** Sources with a bug in them, and whether anything in them has changed by it. */
type Plant = (schema: RandomSchema) => { readonly result: Record<string, string>; readonly changed: boolean };

/** The number of schemas that had the bug when it was found; undefined when it never was. */
function schemasUntilFound(plant: Plant, mayHave: (schema: RandomSchema) => boolean): number | undefined {
  let withBug = 0;
  for (let seed = FIRST; seed < FIRST + MOST_SEEDS && withBug < MOST_WITH_BUG; seed++) {
    const schema = schemaOf(seed);
    if (!mayHave(schema)) continue;
    const { result, changed } = plant(schema);
    if (!changed) continue;
    withBug++;
    if (isFound(() => compareCodec(schema, runModule<{ codec: Generated }>(result, "root").codec, seed))) return withBug;
  }
  return undefined;
}

/** The same schemas are looked at for every bug. */
const schemas = new Map<number, RandomSchema>();

function schemaOf(seed: number): RandomSchema {
  const schema = schemas.get(seed) ?? randomSchema(seed);
  schemas.set(seed, schema);
  return schema;
}

function inText(change: (text: string) => string): Plant {
  return (schema) => {
    const right = sourcesOf(schema.vmsds, schema);
    const result = Object.fromEntries(Object.entries(right).map(([id, text]) => [id, change(text)]));
    return { result, changed: Object.entries(right).some(([id, text]) => result[id] !== text) };
  };
}

function isFound(work: () => void): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

test.each(PLANTED)(
  "the oracle finds in $kind: $what",
  (planted) => {
    // A bug cannot be in what does not have the kind; to emit that would cost most of the time.
    const mayHave = ({ vmsds }: RandomSchema): boolean => JSON.stringify(vmsds).includes(`"kind":"${planted.kind}"`);
    expect(schemasUntilFound((schema) => withPlanted(planted, () => sourcesOf(schema.vmsds, schema)), mayHave)).toBeDefined();
  },
  300_000,
);

test.each(PLANTED_IN_TEXT)(
  "the oracle finds: $what",
  ({ change }) => {
    expect(schemasUntilFound(inText(change), () => true)).toBeDefined();
  },
  300_000,
);

test("bugs are planted in every kind", () => {
  expect(Object.keys(KINDS).filter((kind) => !PLANTED.some((planted) => planted.kind === kind))).toEqual([]);
});
