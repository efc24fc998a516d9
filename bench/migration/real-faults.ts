// Moves between two processes that suffer what processes and lines do: `npm run -s migration:faults -- [--count N] [--seed S]`. Ends with 1
// where anything came to be that must never be.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seededFates } from "./faults/seeded-fates.ts";
import type { Fate } from "./faults/suffer.ts";
import { renderFates } from "./faults/table.ts";

const { values } = parseArgs({ options: { count: { type: "string" }, seed: { type: "string" } } });
const [count, seed] = [Number(values.count ?? "300"), Number(values.seed ?? "1")];
void run();

async function run(): Promise<void> {
  const places = { dist: import.meta.dirname, machines: join(import.meta.dirname, "../fixtures/machines") };
  const fates = await seededFates({ seed, count, places, told: (fate) => (fate.wrongs.length > 0 || count === 1) && tell(fate) });
  const failed = fates.filter(({ wrongs }) => wrongs.length > 0).length;
  console.log(`${renderFates(fates)}\n${fates.length - failed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

function tell({ seed, harm, wrongs, story }: Fate): void {
  const verdict = wrongs.length === 0 ? "ok" : `FAILED ${wrongs.join("; ")}`;
  console.log(`${verdict}\n  npm run -s migration:faults -- --count 1 --seed ${seed}\n  ${JSON.stringify(harm)}\n${story}`);
}
