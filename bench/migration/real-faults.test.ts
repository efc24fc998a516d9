import { expect, test } from "vitest";
import { seededFates } from "./faults/seeded-fates.ts";
import { renderCounts } from "./faults/table.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const FAULTS = Number(process.env.VMSTATE_REAL_FAULTS ?? "4");

test("never two, never none without a way back, with real processes and lines", async () => {
  const fates = await seededFates({ seed: SEED, count: FAULTS, places: { dist: "dist", machines: "fixtures/machines" } });
  const wrongs = fates.flatMap(({ seed, harm, wrongs, story }) =>
    wrongs.map((wrong) => `VMSTATE_SEED=${seed} VMSTATE_REAL_FAULTS=1: ${wrong} after ${JSON.stringify(harm)}\n${story}`),
  );
  console.log(`real faults: ${FAULTS} moves; the guest is at the ${renderCounts(fates)}`);
  expect(wrongs.slice(0, 10)).toEqual([]);
}, 3_600_000);
