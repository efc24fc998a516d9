import * as checker from "../index.ts";
import { type Doubt, doubtsOf } from "./doubts.ts";
import { generatePair } from "./generate.ts";
import { createRandom } from "./random.ts";
import { type ModelPair, toDump, toText } from "./schema.ts";
import { shrinkPair } from "./shrink.ts";
import { conditionsOf, holdsIn, move, statesOf, type Truth } from "./truth.ts";

/** The part of the checker that the model judges; a bundle of it with a planted bug has the same. */
export type Checker = Pick<typeof checker, "parse" | "compare">;

export interface Outcome {
  readonly direction: "forward" | "backward";
  readonly verdict: checker.Verdict;
  readonly rules: readonly string[];
  readonly doubts: ReadonlySet<Doubt>;
  readonly truths: readonly { readonly state: ReadonlyMap<string, boolean>; readonly truth: Truth }[];
  /** Why the verdict cannot stand; undefined when it can. */
  readonly mistake: string | undefined;
}

/** Judges one pair in both directions and holds the verdicts against what becomes of every state. */
export function judgePair(pair: ModelPair, { parse, compare }: Checker = checker): Outcome[] {
  const encode = (text: string): Uint8Array => Buffer.from(text);
  const report = compare(
    parse(encode(toDump(pair.old, pair.flavours.old, 0)), "old.json"),
    parse(encode(toDump(pair.new, pair.flavours.new, 40)), "new.json"),
  );
  const states = statesOf(conditionsOf(pair.old, pair.new), createRandom(pair.old.fields.length).int);
  return (["forward", "backward"] as const).map((direction) => {
    const [from, to] = direction === "forward" ? [pair.old, pair.new] : [pair.new, pair.old];
    const truths = states.map((state) => ({ state, truth: move(from, to, holdsIn(state)) }));
    const verdict = report.sections.dev?.[direction] ?? "unknown";
    const doubts = doubtsOf(pair, direction);
    const rules = report.findings.filter(({ levels }) => levels[direction] !== "none").map(({ rule, path }) => `${rule} ${path}`);
    return { direction, verdict, rules, doubts, truths, mistake: mistakeOf(verdict, doubts, truths) };
  });
}

function mistakeOf(verdict: checker.Verdict, doubts: ReadonlySet<Doubt>, truths: Outcome["truths"]): string | undefined {
  const broken = truths.filter(({ truth }) => truth.outcome !== "ok").length;
  if (verdict === "compatible") return broken > 0 ? `compatible, but ${broken} of ${truths.length} states break` : undefined;
  const byLuck = truths.some(({ truth }) => truth.outcome === "ok" && truth.byLuck);
  if (verdict === "incompatible") return broken === 0 && !byLuck ? `incompatible, but all ${truths.length} states load` : undefined;
  if (verdict === "unknown") return doubts.size === 0 ? "unknown, without a reason" : undefined;
  return doubts.has("condition") || doubts.has("subsection") ? undefined : "depends, without a condition";
}

export interface ModelRun {
  readonly pairs: number;
  /** How often each verdict met each truth, over pairs and directions: "compatible/ok". */
  readonly tally: Readonly<Record<string, number>>;
  readonly failure: string | undefined;
}

/** Runs the model over `pairs` seeds from `seed` on and stops at the first mistake, which it reports as small as it can make it. */
export function runModel(seed: number, pairs: number, checked: Checker = checker): ModelRun {
  const tally: Record<string, number> = {};
  for (let at = 0; at < pairs; at++) {
    const pair = generatePair(seed + at);
    for (const outcome of judgePair(pair, checked)) {
      const { verdict, truths, mistake } = outcome;
      if (mistake !== undefined) return { pairs: at + 1, tally, failure: explain(seed + at, pair, checked) };
      const truth = (["wrong", "refused"] as const).find((bad) => truths.some((each) => each.truth.outcome === bad)) ?? "ok";
      tally[`${verdict}/${truth}`] = (tally[`${verdict}/${truth}`] ?? 0) + 1;
    }
  }
  return { pairs, tally, failure: undefined };
}

function explain(seed: number, pair: ModelPair, checked: Checker): string {
  const mistakeIn = (each: ModelPair): Outcome | undefined => judgePair(each, checked).find(({ mistake }) => mistake !== undefined);
  const original = mistakeIn(pair);
  const kind = (outcome: Outcome | undefined): string => `${outcome?.direction} ${outcome?.verdict}`;
  const smallest = shrinkPair(pair, (each) => kind(mistakeIn(each)) === kind(original));
  const outcome = mistakeIn(smallest);
  const telling = outcome?.truths.find(({ truth }) => truth.outcome !== "ok") ?? outcome?.truths[0];
  const truth = telling?.truth;
  return [
    `VMSTATE_SEED=${seed} VMSTATE_MODEL_PAIRS=1: ${outcome?.direction}: ${outcome?.mistake}`,
    `old (${smallest.flavours.old}): ${toText(smallest.old)}`,
    `new (${smallest.flavours.new}): ${toText(smallest.new)}`,
    `findings: ${outcome?.rules.join(", ") || "none"}; doubts: ${[...(outcome?.doubts ?? [])].join(", ") || "none"}`,
    `state: ${JSON.stringify(Object.fromEntries(telling?.state ?? []))}`,
    `bytes: ${Buffer.from(truth?.wire.bytes ?? []).toString("hex")}`,
    `truth: ${truth?.outcome}${truth === undefined || truth.outcome === "ok" ? "" : `, ${truth.reason}`}`,
  ].join("\n");
}
