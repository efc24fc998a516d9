import { applyEdit, EDITS } from "./edits.ts";
import { hiddenDifference } from "./hidden.ts";
import { type Maker, makeVmsd } from "./make.ts";
import { createRandom, type Random } from "./random.ts";
import type { Flavour, ModelPair, ModelVmsd } from "./schema.ts";
import { conditionsOf, holdsIn, move, statesOf } from "./truth.ts";

/** A device in an old and a new build, both changed from one ancestor; the same seed gives the same pair. */
export function generatePair(seed: number): ModelPair {
  for (let attempt = 0; ; attempt++) {
    const random = createRandom(seed * 1009 + attempt);
    let ids = 0;
    const maker: Maker = { random, id: () => ++ids };
    const ancestor = makeVmsd(maker, "dev", 0);
    const pair: ModelPair = { old: structuredClone(ancestor), new: structuredClone(ancestor), flavours: makeFlavours(random) };
    for (let edits = random.pick([0, 1, 1, 1, 2, 2, 2, 3, 3, 4]); edits > 0; edits--) {
      applyEdit(random.pick(EDITS), random.chance(0.5) ? pair.old : pair.new, maker);
    }
    if (hiddenDifference(pair) === undefined && loadsItself(pair.old) && loadsItself(pair.new)) return pair;
  }
}

/**
 * A build that cannot load its own state is broken by itself, which is no difference between two builds: an array of structs that
 * send a subsection and no fields is such a thing, because the first element takes the subsections of all.
 */
function loadsItself(device: ModelVmsd): boolean {
  const states = statesOf(conditionsOf(device), () => 0);
  return states.every((state) => move(device, device, holdsIn(state)).outcome === "ok");
}

function makeFlavours(random: Random): ModelPair["flavours"] {
  const old = random.pick<Flavour>(["dump", "dump", "dump", "old-dump", "full"]);
  return { old, new: random.chance(0.8) ? old : random.pick<Flavour>(["dump", "old-dump", "full"]) };
}
