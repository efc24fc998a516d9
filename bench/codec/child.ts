// One case in a process of its own: `node dist/codec-child.cjs CASE`. Prints what it measured as JSON.
import { CASES } from "./cases/index.ts";
import { timeWorks } from "./clock.ts";
import { makePool, POOL } from "./state.ts";
import { verify } from "./verify.ts";

const wanted = process.argv[2];
const found = CASES.find(({ name }) => name === wanted);
if (found === undefined) throw new Error(`There is no case ${wanted}.`);
const states = makePool();
const prepared = found.setup(states);
verify(prepared, states);
const size = states.reduce((sum, _, index) => sum + prepared.wire(index).length, 0) / states.length;
console.log(JSON.stringify({ size, works: timeWorks(prepared, POOL) }));
