import { expect, test } from "vitest";
import { isInDoubt, leavesByItself } from "./model/doubt.ts";
import { MUTANTS, POSTCOPY_MUTANTS } from "./model/mutants.ts";
import { PROTOCOL, type Protocol } from "./model/protocol.ts";
import { search } from "./model/search.ts";
import { wayBack } from "./model/way-back.ts";
import { isRunning, type Scope, type World } from "./model/world.ts";

const SCOPES: readonly [string, Scope][] = [
  ["nobody resolves", { resolvers: 0, isPostcopy: false, faults: 0 }],
  ["one resolves", { resolvers: 1, isPostcopy: false, faults: 0 }],
  ["two resolve at once", { resolvers: 2, isPostcopy: false, faults: 0 }],
  ["one resolves, a record is not written", { resolvers: 1, isPostcopy: false, faults: 1 }],
  ["one resolves a move by post-copy", { resolvers: 1, isPostcopy: true, faults: 0 }],
];

/** What of each world is asked besides the rules, and how often each answer came. */
function questions(protocol: Protocol): { readonly visit: (world: World) => string | undefined; readonly counts: Record<string, number> } {
  const counts: Record<string, number> = { runs: 0, gone: 0, lost: 0, doubt: 0, moved: 0, kept: 0 };
  const known = new Map<string, string>();
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  return {
    counts,
    visit: (world) => {
      if (world.shared.sourceRecord === "done" && world.shared.destinationRecord === "holds" && isRunning(world.destination))
        count("moved");
      if (world.shared.sourceRecord === "kept" && isRunning(world.source)) count("kept");
      if (isRunning(world.source) || isRunning(world.destination)) return undefined;
      const key = JSON.stringify([world.source, world.destination, world.shared.sourceRecord, world.shared.destinationRecord]);
      const found = known.get(key) ?? wayBack(protocol, world);
      known.set(key, found);
      count(found);
      if (found !== "runs" && found !== "gone" && found !== "lost") return found;
      if (!isInDoubt(world)) return undefined;
      count("doubt");
      return leavesByItself(protocol, world) ? "both sides were paused, and one ran without a word from anybody" : undefined;
    },
  };
}

test.each(SCOPES)(
  "in every world that can come to be the rules hold, and there is a way back: %s",
  (name, scope) => {
    const { visit, counts } = questions(PROTOCOL);
    const { broken, worlds, steps } = search(PROTOCOL, scope, visit);
    expect(broken, broken?.trace.join("\n")).toBeUndefined();
    console.log(`${name}: ${worlds} worlds, ${steps} steps, ${JSON.stringify(counts)}`);
    expect(counts.moved).toBeGreaterThan(0);
    expect(counts.kept).toBeGreaterThan(0);
    expect(counts.doubt, "the window of doubt is among them").toBeGreaterThan(0);
    expect(counts.lost).toBe(scope.isPostcopy ? counts.lost : 0);
  },
  300_000,
);

test.each(MUTANTS)("the model sees that $name", ({ protocol, breaks }) => {
  expectBroken({ ...PROTOCOL, ...protocol }, { resolvers: 1, isPostcopy: false, faults: 0 }, breaks);
});

test.each(POSTCOPY_MUTANTS)("the model sees that $name (post-copy)", ({ protocol, breaks }) => {
  expectBroken({ ...PROTOCOL, ...protocol }, { resolvers: 1, isPostcopy: true, faults: 0 }, breaks);
});

function expectBroken(protocol: Protocol, scope: Scope, breaks: RegExp): void {
  const rules = search(protocol, scope, () => undefined).broken;
  const broken = rules ?? search(protocol, scope, questions(protocol).visit).broken;
  expect(broken?.rule, broken?.trace.join("\n")).toMatch(breaks);
}
