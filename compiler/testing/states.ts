import type { State } from "../interpret/input.ts";
import { zeroOf } from "../kinds/index.ts";
import { stateFields } from "../kinds/vmsd-fields.ts";
import { attempt } from "../oracle/outcome.ts";
import { createRandom, type Random } from "../oracle/random.ts";
import { randomState } from "../oracle/random-state.ts";
import { type Effort, interpreterOf, type Section } from "./section.ts";
import { countLeaves } from "./state-leaves.ts";

/** A state and how messages call it. */
export interface Named {
  readonly name: string;
  readonly state: State;
  /** Given by those who know the device: it has to come back as it is. */
  readonly given: boolean;
}

/** Leaves of a section's random states together, of which there are some in any case: large sections would take most of the time. */
const MOST_LEAVES = 50_000;
const LEAST_DRAWN = 2;
/** The same of all that are drawn, savable or not. */
const MOST_TRIED = 1_000_000;
/** Draws for each state that is wanted; where rules are strict, few of them hold. */
const DRAWS = 12;

const kept = new WeakMap<Section, readonly Named[]>();

/** The state in which all is zero, those that were given, and random ones of which the interpreter can save each. The same at every call. */
export function statesOf(section: Section, effort: Effort): readonly Named[] {
  const states = kept.get(section) ?? drawStates(section, effort);
  kept.set(section, states);
  return states;
}

function drawStates(section: Section, { states, seed, examples }: Effort): readonly Named[] {
  const random = randomFor(section, seed);
  const engine = interpreterOf(section);
  const drawn: Named[] = [];
  let leaves = 0;
  let tried = 0;
  for (let draw = 0; draw < states * DRAWS && drawn.length < states && tried < MOST_TRIED; draw++) {
    const state = randomState(section.vmsd, section.program, random, section.properties, {});
    tried += countLeaves(state);
    if ("refused" in attempt(() => engine.save(state))) continue;
    drawn.push({ name: `random state ${drawn.length + 1}`, state, given: false });
    leaves += countLeaves(state);
    if (leaves > MOST_LEAVES && drawn.length >= LEAST_DRAWN) break;
  }
  const given = examples.map((state, at): Named => ({ name: `example ${at + 1}`, state, given: true }));
  return [{ name: "the zero state", state: zeroState(section), given: false }, ...given, ...drawn];
}

/** Drawn from the seed and the section's name, so that what one section has is no matter of the others. */
export function randomFor({ name }: Section, seed: number): Random {
  return createRandom([...name].reduce((mixed, letter) => Math.imul(mixed, 31) + (letter.codePointAt(0) ?? 0), seed));
}

/** Every field as zero as its kind allows; rules may refuse it. */
export function zeroState({ vmsd, program }: Section): State {
  return Object.fromEntries(stateFields(vmsd).map(({ key, kind }) => [key, zeroOf(kind, program)]));
}
