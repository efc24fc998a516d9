import { AssertionError } from "node:assert";
import { expect, test } from "vitest";
import { KINDS } from "../kinds/index.ts";
import { compareViews } from "./compare-views.ts";
import { type Face, PLANTED, withPlanted } from "./planted-views.ts";
import { randomSchema } from "./random-schema.ts";

const FIRST = Number(process.env.VMSTATE_SEED ?? "1");
const SCHEMAS = Number(process.env.VMSTATE_VIEWS ?? "100");

test("generated views, their JSON Schemas and the interpreter agree, on states and on changed JSON", () => {
  const totals = { valid: 0, changes: 0, mutations: 0, refused: 0 };
  for (let seed = FIRST; seed < FIRST + SCHEMAS; seed++) {
    const { isValid, changes, mutations, refused } = named(seed, () => compareViews(seed));
    if (isValid) totals.valid++;
    totals.changes += changes;
    totals.mutations += mutations;
    totals.refused += refused;
  }
  console.log(
    `views: seed ${FIRST}, ${SCHEMAS} schemas, ${totals.valid} with a state within its limits, ${totals.changes} leaves changed, ${totals.mutations} changes of JSON, ${totals.refused} of them refused`,
  );
  expect(totals.valid).toBeGreaterThan(SCHEMAS / 2);
  expect(totals.refused).toBeGreaterThan(totals.mutations / 2);
}, 600_000);

/** A failure names the seed that makes it again. */
function named<T>(seed: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(`VMSTATE_SEED=${seed} VMSTATE_VIEWS=1: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

const FACES: readonly Face[] = ["toJson", "fromJson", "diff", "schema"];
const PLANTS = (Object.keys(PLANTED) as (keyof typeof PLANTED)[]).flatMap((kind) => FACES.map((face) => [kind, face] as const));
const MOST_SEEDS = 800;
/** A schema of so many characters takes as long as twenty others. */
const LONG = 40_000;

test("each kind that a state can have has a mistake to be caught", () => {
  expect(Object.keys(PLANTED).sort()).toEqual(
    Object.keys(KINDS)
      .filter((kind) => kind !== "unused_buffer")
      .sort(),
  );
});

test.each(PLANTS)("a mistake in %s's %s is caught", (kind, face) => {
  for (let seed = 1; seed <= MOST_SEEDS; seed++) {
    const text = JSON.stringify(randomSchema(seed).vmsds);
    if (text.length > LONG || !text.includes(`"kind":"${kind}"`)) continue;
    let caught = false;
    withPlanted(kind, face, () => {
      try {
        compareViews(seed);
      } catch (error) {
        // Anything else would be a mistake of the plant itself.
        if (!(error instanceof AssertionError)) throw error;
        caught = true;
      }
    });
    if (caught) return;
  }
  throw new Error(`${MOST_SEEDS} schemas do not show it.`);
});
