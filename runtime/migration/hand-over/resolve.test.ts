import { expect, test } from "vitest";
import type { Liveness } from "./process-identity.ts";
import { isStep } from "./record.ts";
import { type ResolveView, resolveStep } from "./resolve.ts";
import { DESTINATION_STEPS, type DestinationRecord, SOURCE_STEPS, type SourceRecord } from "./states.ts";

const SOURCES = Object.keys(SOURCE_STEPS) as SourceRecord[];
const DESTINATIONS = Object.keys(DESTINATION_STEPS) as DestinationRecord[];
const LIVENESS: readonly Liveness[] = ["alive", "dead", "unknown"];

function views(): ResolveView[] {
  const sources = [undefined, ...SOURCES.flatMap((state) => LIVENESS.map((process) => ({ state, process })))];
  const destinations = [undefined, ...DESTINATIONS.flatMap((state) => LIVENESS.map((process) => ({ state, process })))];
  return sources.flatMap((source) =>
    destinations.flatMap((destination) =>
      ([undefined, "source", "destination"] as const).flatMap((dead) =>
        [false, true].map((hasWaited) => ({ source, destination, dead, hasWaited })),
      ),
    ),
  );
}

test("every pair of records has an answer in one sentence, of steps that a record may take, and it comes to an end", () => {
  const all = views();
  for (const view of all) {
    let now = view;
    const taken: string[] = [];
    for (;;) {
      const step = resolveStep(now);
      expect(step.sentence, JSON.stringify(now)).toMatch(/^[A-Z][^\n]*\.$/);
      if (step.do === "end") break;
      taken.push(JSON.stringify(step));
      expect(taken.length, taken.join("\n")).toBeLessThan(6);
      if (step.do === "wait") now = { ...now, hasWaited: true };
      else {
        expect(isStep(step.from, step.to, step.do), JSON.stringify([now, step])).toBe(true);
        expect(now[step.do]?.state, "only what was seen is changed").toBe(step.from);
        now =
          step.do === "source"
            ? { ...now, source: { state: step.to, process: now.source?.process ?? "unknown" } }
            : { ...now, destination: { state: step.to, process: now.destination?.process ?? "unknown" } };
      }
    }
  }
  expect(all).toHaveLength(16 * 19 * 6);
});

test.each<
  [string, SourceRecord | undefined, Liveness, DestinationRecord | undefined, Liveness, "source" | "destination" | undefined, string]
>([
  ["an untouched move is left alone", "holds", "alive", "loading", "alive", undefined, "end source"],
  ["who has not given goes on", "holds", "alive", "ready", "alive", undefined, "end source"],
  ["who died paused hands over", "holds", "dead", "ready", "alive", undefined, "source given"],
  ["who died on another host is not known to be dead", "holds", "unknown", "ready", "alive", undefined, "end source"],
  ["and is, when somebody says so", "holds", "unknown", "ready", "alive", "source", "source given"],
  ["who has given offers", "given", "alive", "ready", "alive", undefined, "destination granted"],
  ["whoever is dead is offered nothing", "given", "alive", "ready", "dead", undefined, "destination void"],
  ["what is void is taken back", "given", "alive", "void", "alive", undefined, "source kept"],
  ["what was taken is done", "given", "alive", "holds", "alive", undefined, "source done"],
  ["what was taken and died is not taken back unasked", "given", "alive", "holds", "dead", undefined, "end undecided"],
  ["but when asked", "given", "alive", "holds", "dead", "destination", "source kept"],
  ["an old copy is thrown away", "kept", "alive", "ready", "alive", undefined, "destination void"],
  ["an old copy of a dead guest is not started unasked", "kept", "dead", "ready", "alive", undefined, "end undecided"],
  ["but when asked", "kept", "dead", "ready", "alive", "source", "source given"],
  ["post-copy is not taken back", "given-postcopy", "alive", "holds-postcopy", "dead", undefined, "end lost"],
  ["nor when asked", "given-postcopy", "alive", "holds-postcopy", "dead", "destination", "end lost"],
  ["nor alone", "given-postcopy", "alive", undefined, "unknown", "destination", "end lost"],
  ["a lost source of post-copy", "given-postcopy", "dead", "holds-postcopy", "alive", undefined, "end lost"],
  ["one record is not enough", "given", "alive", undefined, "unknown", undefined, "end undecided"],
  ["the wrong one neither", "given", "alive", undefined, "unknown", "source", "end undecided"],
  ["the source alone keeps", "holds", "alive", undefined, "unknown", "destination", "source kept"],
  ["the source alone takes back", "given", "alive", undefined, "unknown", "destination", "source kept"],
  ["the destination alone takes", undefined, "unknown", "ready", "alive", "source", "destination granted"],
  ["but not half a copy", undefined, "unknown", "loading", "alive", "source", "end nothing"],
  ["what cannot be together", "done", "alive", "void", "alive", undefined, "end contradiction"],
])("%s: source %s (%s), destination %s (%s), dead: %s", (_, source, livesSource, destination, livesDestination, dead, expected) => {
  const step = resolveStep({
    source: source === undefined ? undefined : { state: source, process: livesSource },
    destination: destination === undefined ? undefined : { state: destination, process: livesDestination },
    dead,
    hasWaited: false,
  });
  expect(step.do === "end" ? `end ${step.outcome}` : step.do === "wait" ? "wait" : `${step.do} ${step.to}`).toBe(expected);
});

test("an offer that is not taken in time is taken back only for a source that lives", () => {
  const granted = { state: "granted", process: "alive" } as const;
  const step = (process: Liveness): string => {
    const found = resolveStep({ source: { state: "given", process }, destination: granted, dead: undefined, hasWaited: true });
    return found.do === "end" ? found.outcome : found.do === "wait" ? "wait" : found.to;
  };
  expect([step("alive"), step("dead"), step("unknown")]).toEqual(["void", "undecided", "undecided"]);
});
