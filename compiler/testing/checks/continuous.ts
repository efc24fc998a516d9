import { isDeepStrictEqual } from "node:util";
import type { State } from "../../interpret/input.ts";
import { attempt, plain } from "../../oracle/outcome.ts";
import type { Random } from "../../oracle/random.ts";
import { bytesThatDiffer, leavesThatDiffer, tried, wrong } from "../differ.ts";
import { needsReceiver } from "../rules/break-rule.ts";
import { rulesOf } from "../rules/find-rules.ts";
import { codecOf, type Effort, type Engine, interpreterOf, type LoadedSection } from "../section.ts";
import { countLeaves, withLeafChanged } from "../state-leaves.ts";
import { randomFor, statesOf } from "../states.ts";

const ROUNDS = 20;
/** Leaves that are tried until one is found whose change the rules allow. */
const CHANGES = 5;
const FEW_CHANGES = 2;
/** Leaves from which on few changes are tried. */
const LARGE = 5000;

/** A device at one moment: as a load leaves it, so that what the wire does not carry has its value for that. */
interface Moment {
  readonly state: State;
  readonly bytes: Uint8Array;
}

/**
 * What is wrong where one device is saved and loaded again and again, with a leaf changed between: into a state that was reset, and into
 * the one that all rounds before have left.
 */
export function continuous(section: LoadedSection, effort: Effort): string[] {
  const [codec, interpreter] = [codecOf(section), interpreterOf(section)];
  const random = randomFor(section, effort.seed + 1);
  const [first] = statesOf(section, effort)
    .filter(({ state }) => "done" in attempt(() => interpreter.save(state)))
    // Of the smallest, as all of it is looked at in each round; but for the zero state, in which rings and lists are empty.
    .map(({ state }, at) => ({ state, rank: at === 0 ? Number.MAX_VALUE : countLeaves(state) }))
    .sort((a, b) => a.rank - b.rank);
  const start = first === undefined ? undefined : settled(interpreter, first.state);
  if (start === undefined) return [];
  const left = codec.load(start.bytes.slice()).state;
  // A value that must be the receiver's own may not change while the device runs.
  const receivers = rulesOf(section).some(needsReceiver) ? [start.state] : [];
  let device = start;
  for (let round = 1; round <= ROUNDS; round++) {
    const save = wrong(
      tried(() => codec.save(device.state)),
      { done: device.bytes },
      bytesThatDiffer,
    );
    if (save !== undefined) return [`round ${round}: on save, ${save}`];
    const targets = { "a state that was reset": codec.load(start.bytes.slice()).state, "the state of the round before": left };
    for (const [what, target] of Object.entries(targets)) {
      const load = loadedInto(section, codec, target, device);
      if (load !== undefined) return [`round ${round}: loaded into ${what}, ${load}`];
    }
    device = changed(section, device, interpreter, receivers, random);
  }
  return [];
}

/** The device with one leaf changed that the wire carries; as it is when there is none that may be. */
function changed(section: LoadedSection, device: Moment, interpreter: Engine, receivers: readonly State[], random: Random): Moment {
  const most = countLeaves(device.state) > LARGE ? FEW_CHANGES : CHANGES;
  for (let tries = 0; tries < most; tries++) {
    const change = withLeafChanged(section, device.state, random);
    const next = change === undefined ? undefined : settled(interpreter, change);
    if (next === undefined || isDeepStrictEqual(next.bytes, device.bytes)) continue;
    if (receivers.every((each) => "done" in attempt(() => interpreter.loadInto(plain(each) as State, next.bytes)))) return next;
  }
  return device;
}

/** Undefined for a state that cannot be saved, and for one of which a load leaves bytes: the round trip tells that. */
function settled(interpreter: Engine, state: State): Moment | undefined {
  const saved = attempt(() => interpreter.save(state));
  const loaded = "done" in saved ? attempt(() => interpreter.load(saved.done)) : saved;
  if ("refused" in saved || "refused" in loaded || loaded.done.end !== saved.done.length) return undefined;
  const back = plain(loaded.done.state) as State;
  if (isDeepStrictEqual(back, state)) return { state: back, bytes: saved.done };
  const again = attempt(() => interpreter.save(back));
  return "done" in again ? { state: back, bytes: again.done } : undefined;
}

function loadedInto(section: LoadedSection, codec: Engine, target: State, { state, bytes }: Moment): string | undefined {
  const loaded = tried(() => {
    codec.loadInto(target, bytes);
    return target;
  });
  return wrong(loaded, { done: state }, (due, actual) => leavesThatDiffer(section, due, actual));
}
