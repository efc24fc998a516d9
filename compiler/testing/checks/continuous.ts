import { isDeepStrictEqual } from "node:util";
import type { State } from "../../interpret/input.ts";
import { changeLeaf } from "../../oracle/change-leaf.ts";
import { attempt, plain } from "../../oracle/outcome.ts";
import { bytesThatDiffer, leavesThatDiffer, wrong } from "../differ.ts";
import { codecOf, type Effort, type Engine, interpreterOf, type LoadedSection } from "../section.ts";
import { randomFor, statesOf } from "../states.ts";

const ROUNDS = 20;
/** Leaves that are tried until one is found whose change the rules allow. */
const CHANGES = 10;

/**
 * What is wrong where one device is saved and loaded again and again, with a leaf changed between: into a state that was reset, and into
 * the one that all rounds before have left.
 */
export function continuous(section: LoadedSection, effort: Effort): string[] {
  const [codec, interpreter] = [codecOf(section), interpreterOf(section)];
  const random = randomFor(section, effort.seed + 1);
  const first = statesOf(section, effort).findLast(({ state }) => "done" in attempt(() => interpreter.save(state)));
  if (first === undefined) return [];
  const start = interpreter.save(first.state);
  // As loaded: what the wire does not carry has its value for that.
  let device = plain(interpreter.load(start).state) as State;
  let bytes = start;
  const left = codec.load(start.slice()).state;
  for (let round = 1; round <= ROUNDS; round++) {
    const saved = attempt(() => codec.save(device));
    const save = wrong(saved, { done: bytes }, bytesThatDiffer);
    if (save !== undefined) return [`round ${round}: on save, ${save}`];
    const reset = codec.load(start.slice()).state;
    for (const [target, what] of [
      [reset, "a state that was reset"],
      [left, "the state of the round before"],
    ] as const) {
      const load = loadedInto(section, codec, interpreter, target, bytes);
      if (load !== undefined) return [`round ${round}: loaded into ${what}, ${load}`];
    }
    for (let tries = 0; tries < CHANGES; tries++) {
      const changed = changeLeaf(device, random);
      const next = changed === undefined ? undefined : attempt(() => interpreter.save(changed.state));
      if (changed === undefined || next === undefined || "refused" in next || isDeepStrictEqual(next.done, bytes)) continue;
      const settled = attempt(() => interpreter.load(next.done));
      if ("refused" in settled || settled.done.end !== next.done.length) continue;
      // A value that must be the receiver's own may not change while it runs.
      if ("refused" in attempt(() => interpreter.loadInto(plain(left) as State, next.done))) continue;
      if ("refused" in attempt(() => interpreter.loadInto(plain(reset) as State, next.done))) continue;
      const again = plain(settled.done.state) as State;
      const resaved = attempt(() => interpreter.save(again));
      if ("refused" in resaved) continue;
      device = again;
      bytes = resaved.done;
      break;
    }
  }
  return [];
}

function loadedInto(section: LoadedSection, codec: Engine, interpreter: Engine, target: State, bytes: Uint8Array): string | undefined {
  const due = plain(target) as State;
  const into = (engine: Engine, state: State): State => {
    engine.loadInto(state, bytes);
    return state;
  };
  return wrong(
    attempt(() => into(codec, target)),
    attempt(() => into(interpreter, due)),
    (one, other) => leavesThatDiffer(section, one, other),
  );
}
