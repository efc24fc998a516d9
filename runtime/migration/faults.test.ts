import { expect, test } from "vitest";
import { drawHarm, suffer, undisturbed } from "./proof/faults.ts";
import { seededNumbers } from "./proof/link-faults.ts";
import type { SmallMoveOptions } from "./proof/small-move.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");
const FAULTS = Number(process.env.VMSTATE_FAULTS ?? "200");

test("A3.2: never two, never none without a way back, and cleaned up once and late, whatever breaks", async () => {
  const options: SmallMoveOptions = { pages: 24, guest: { rate: 2000 } };
  const extent = await undisturbed(options);
  const counts = new Map<string, number>();
  const wrongs: string[] = [];
  for (let seed = SEED; seed < SEED + FAULTS; seed++) {
    const harm = drawHarm(seededNumbers(seed), extent);
    const fate = await suffer(options, harm);
    for (const wrong of fate.wrongs) wrongs.push(`VMSTATE_SEED=${seed} VMSTATE_FAULTS=1: ${wrong} after ${JSON.stringify(harm)}`);
    const key = `${fate.whereabouts}${fate.isResolved ? ", resolved" : ""}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  console.log(`faults: ${FAULTS} moves; the guest is at the ${[...counts].map(([key, count]) => `${key} ${count}`).join("; ")}`);
  expect(wrongs.slice(0, 10)).toEqual([]);
}, 7_200_000);
