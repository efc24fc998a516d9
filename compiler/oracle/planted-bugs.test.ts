import { expect, test } from "vitest";
import { KINDS } from "../kinds/index.ts";
import { compareCodec } from "./compare.ts";
import { type Planted, withPlanted } from "./plant.ts";
import { PLANTED } from "./planted.ts";
import { randomSchema } from "./random-schema.ts";
import { type Generated, runModule, sourcesOf } from "./run-codec.ts";

const FIRST = Number(process.env.VMSTATE_SEED ?? "1");
/** Schemas that a bug is in before it must have been found; and seeds that are looked at for them, which costs little. */
const MOST_WITH_BUG = 400;
const MOST_SEEDS = 6000;

/** The number of schemas that had the bug when it was found; undefined when it never was. */
function schemasUntilFound(planted: Planted): number | undefined {
  let withBug = 0;
  for (let seed = FIRST; seed < FIRST + MOST_SEEDS && withBug < MOST_WITH_BUG; seed++) {
    const schema = randomSchema(seed);
    // A bug cannot be in what does not have the kind; to emit that would cost most of the time.
    if (!JSON.stringify(schema.vmsds).includes(`"kind":"${planted.kind}"`)) continue;
    const { result, changed } = withPlanted(planted, () => sourcesOf(schema.vmsds, schema));
    if (!changed) continue;
    withBug++;
    if (isFound(() => compareCodec(schema, runModule<{ codec: Generated }>(result, "root").codec, seed))) return withBug;
  }
  return undefined;
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
    expect(schemasUntilFound(planted)).toBeDefined();
  },
  300_000,
);

test("bugs are planted in every kind", () => {
  expect(Object.keys(KINDS).filter((kind) => !PLANTED.some((planted) => planted.kind === kind))).toEqual([]);
});
