import { expect, test } from "vitest";
import { compareViews } from "./compare-views.ts";

const FIRST = Number(process.env.VMSTATE_SEED ?? "1");
const SCHEMAS = Number(process.env.VMSTATE_VIEWS ?? "150");

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
