import { fieldsIn } from "../../expr/children.ts";
import { evaluate, type Scope } from "../../expr/evaluate.ts";
import type { Value } from "../../expr/expr.ts";
import type { State } from "../../interpret/input.ts";
import { interpretSaveInPart } from "../../interpret.ts";
import type { FieldIr, VmsdIr } from "../../ir.ts";
import type { Program } from "../../kinds/kind.ts";
import { allSubsections } from "../../kinds/vmsd-fields.ts";
import { hintsOf } from "../../oracle/hints.ts";
import { attempt } from "../../oracle/outcome.ts";
import type { Random } from "../../oracle/random.ts";
import { type Care, randomState, randomValue } from "../../oracle/random-state.ts";
import { programOf } from "../../program.ts";
import { interpreterOf, type Section } from "../section.ts";
import { countLeaves } from "../state-leaves.ts";
import { checkedIn, type Rule } from "./find-rules.ts";
import { relaxed } from "./relaxed.ts";
import { spoiled } from "./spoiled.ts";

/** A state and bytes that break one rule, as far as the search came upon them. */
export interface Broken {
  /** Refused on save; left out for what only a receiver can tell. */
  readonly state?: State;
  /** Refused on load. */
  readonly bytes?: Uint8Array;
  /** A state that refuses the bytes when they are loaded into it: it has another value of its own. */
  readonly into?: { readonly target: State; readonly bytes: Uint8Array };
  /** The rule is broken, but another one in front of it is told. */
  readonly behind?: Pick<Broken, "state" | "bytes">;
}

const TRIES = 80;
/** Leaves of all states that are drawn for one rule; where few states are that many, the search ends early. */
const MOST_LEAVES = 1_000_000;

/** Searches for what breaks a rule, by the interpreter alone. Empty when nothing was found. */
export function breakRule(section: Section, rule: Rule, random: Random): Broken {
  return needsReceiver(rule) ? breakInto(section, rule, random) : breakWire(section, rule, random);
}

/** What a rule holds against a value that only a state to load into has. */
export function needsReceiver({ kind, field }: Rule): boolean {
  return (kind === "equal" || kind === "at most") && checkedIn(field.kind).every(({ local }) => local === undefined);
}

function breakWire(section: Section, rule: Rule, random: Random): Broken {
  const strict = interpreterOf(section);
  const lax = programOf(relaxed(section.vmsds));
  let found: Broken = {};
  let behind: Broken["behind"] = {};
  let leaves = 0;
  for (let tries = 0; tries < TRIES && leaves < MOST_LEAVES; tries++) {
    let forced = false;
    const care: Care = {
      force: (vmsd, field, scope) => {
        const value = breaking(rule, vmsd, field, scope, section.program, random);
        forced ||= value !== undefined;
        return value;
      },
    };
    const state = randomState(section.vmsd, section.program, random, section.properties, care);
    leaves += countLeaves(state);
    if (!forced) continue;
    const saved = attempt(() => strict.save(state));
    if ("refused" in saved) {
      if (saved.refused.path === rule.path && saved.refused.code === rule.code) found = { state, ...found };
      else behind = { state, ...behind };
    }
    // What is read behind the rule does not matter, so that an array need not be as long as a count beyond all bounds says.
    const bytes = interpretSaveInPart(lax, section.vmsd.id, state, section.properties);
    const loaded = attempt(() => strict.load(bytes));
    if ("refused" in loaded) {
      if (loaded.refused.path === rule.path && loaded.refused.code === rule.code) found = { bytes, ...found };
      else if (loaded.refused.code !== "truncated") behind = { bytes, ...behind };
    }
    if (found.bytes !== undefined && (found.state !== undefined || rule.kind === "at most")) return found;
  }
  return { ...found, behind };
}

/** A value for a field that breaks the rule together with what is drawn already; undefined for a field that is none of its matter. */
function breaking(rule: Rule, vmsd: VmsdIr, field: FieldIr, scope: Scope, program: Program, random: Random): { value: Value } | undefined {
  if (vmsd.id !== rule.vmsd) return undefined;
  const { expr, holds } = rule;
  if (expr === undefined) return field.key === rule.field.key ? spoiled(field.kind, scope, program, random) : undefined;
  if (field.key !== lastAsked(rule, vmsd)) return undefined;
  const hints = hintsOf(vmsd, field);
  for (let tries = 0; tries < TRIES; tries++) {
    const value = hints.length > 0 && random.chance(0.7) ? random.pick(hints) : randomValue(field.kind, scope, program, random, 0, {});
    const around = { ...scope, field: (key: string) => (key === field.key ? value : scope.field(key)) };
    if (!holds(evaluate(expr, around))) return { value };
  }
  return undefined;
}

function lastAsked({ expr }: Rule, vmsd: VmsdIr): string | undefined {
  const asked = expr === undefined ? new Set<string>() : fieldsIn(expr);
  const keys = [vmsd, ...allSubsections(vmsd)].flatMap(({ fields }) => fields.map(({ key }) => key));
  return keys.findLast((key) => asked.has(key));
}

function breakInto(section: Section, rule: Rule, random: Random): Broken {
  const strict = interpreterOf(section);
  for (let tries = 0; tries < TRIES; tries++) {
    const saved = attempt(() => strict.save(randomState(section.vmsd, section.program, random, section.properties, {})));
    if ("refused" in saved) continue;
    const care: Care = {
      force: (vmsd, field, scope) =>
        vmsd.id === rule.vmsd && field.key === rule.field.key ? spoiled(field.kind, scope, section.program, random) : undefined,
    };
    const target = randomState(section.vmsd, section.program, random, section.properties, care);
    const loaded = attempt(() => strict.loadInto(structuredClone(target) as State, saved.done));
    if ("refused" in loaded && loaded.refused.path === rule.path && loaded.refused.code === rule.code)
      return { into: { target, bytes: saved.done } };
  }
  return {};
}
