import { expect, test } from "vitest";
import { runModel } from "./run.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? 1);
const PAIRS = Number(process.env.VMSTATE_MODEL_PAIRS ?? 1_000);

test("no verdict contradicts what becomes of the bytes", () => {
  const { pairs, tally, failure } = runModel(SEED, PAIRS);
  console.log(`model: seed ${SEED}, ${pairs} pairs, verdict/worst truth: ${JSON.stringify(tally)}`);
  expect(failure).toBeUndefined();
}, 600_000);
