import type { State } from "../../interpret/input.ts";
import { attempt, type Outcome, plain } from "../../oracle/outcome.ts";
import { leavesThatDiffer, tried, wrong } from "../differ.ts";
import { type Broken, breakRule } from "../rules/break-rule.ts";
import type { Rule } from "../rules/find-rules.ts";
import { codecOf, type Effort, type Engine, interpreterOf, type LoadedSection } from "../section.ts";
import { randomFor, zeroState } from "../states.ts";

export interface RuleOutcome {
  readonly failures: readonly string[];
  /** Why it could not be tried; undefined when it was. */
  readonly untried?: string;
}

/** Whether a generated codec refuses what breaks a rule: a state on save, bytes on load and on a load into a state, which stays as it was. */
export function ruleHolds(section: LoadedSection, rule: Rule, effort: Effort): RuleOutcome {
  const broken = breakRule(section, rule, randomFor(section, effort.seed + 2));
  const tried = tryBoth(section, broken);
  if (tried !== undefined) return { failures: tried };
  // What stands in front of it refuses it already: then nothing gets as far as this rule, and that must be so in the codec as well.
  const before = broken.behind === undefined ? undefined : tryBoth(section, broken.behind);
  if (before !== undefined) return { failures: before };
  return { failures: [], untried: `no state was found that breaks it: ${rule.path}, ${rule.text}` };
}

/** Undefined when there is nothing to try. */
function tryBoth(section: LoadedSection, { state, bytes, into }: Broken): string[] | undefined {
  if (state === undefined && bytes === undefined && into === undefined) return undefined;
  const [codec, interpreter] = [codecOf(section), interpreterOf(section)];
  const both = (work: (engine: Engine) => unknown): string | undefined =>
    wrong(
      tried(() => work(codec)),
      attempt(() => work(interpreter)) as Outcome<unknown>,
      () => undefined,
    );
  const failures: string[] = [];
  const note = (what: string, sentence: string | undefined): void => {
    if (sentence !== undefined) failures.push(`${what}, ${sentence}`);
  };
  if (state !== undefined)
    note(
      "on save of a state that breaks it",
      both((engine) => engine.save(state)),
    );
  if (bytes !== undefined)
    note(
      "on load of bytes that break it",
      both((engine) => engine.load(bytes)),
    );
  const target = into ?? (bytes === undefined ? undefined : { target: zeroState(section), bytes });
  if (target !== undefined) note("on load into a state", keepsState(section, codec, interpreter, target.target, target.bytes));
  return failures;
}

function keepsState(section: LoadedSection, codec: Engine, interpreter: Engine, before: State, bytes: Uint8Array): string | undefined {
  const [one, other] = [structuredClone(plain(before)) as State, structuredClone(plain(before)) as State];
  const found = wrong(
    tried(() => codec.loadInto(one, bytes)),
    attempt(() => interpreter.loadInto(other, bytes)),
    () => leavesThatDiffer(section, other, one),
  );
  return found ?? leavesThatDiffer(section, other, one)?.replace(/^/, "it is refused, and yet the state has changed: ");
}
