import type { Liveness } from "../process-identity.ts";
import type { DestinationRecord } from "../states.ts";
import { changeDestination, changeSource, type Moved } from "./processes.ts";
import type { Protocol } from "./protocol.ts";
import { isThere, REST, type Resolver, type ResolverKind, type World } from "./world.ts";

/** What happened to the world, and where it left the one who resolves. */
export type ResolverMove = Moved & { readonly next: Resolver };

/**
 * What somebody who resolves may do next, at his own pace. He remembers nothing: who goes on is like one who begins. Of the processes it
 * matters only whether they are there, and whether the destination has anything.
 */
export function moveResolver(protocol: Protocol, world: World, resolver: Resolver): ResolverMove[] {
  switch (resolver.at) {
    case "rest":
      return kindsOf(world).flatMap((kind) => lookAtSource(world, kind));
    case "seen-source":
      return lookAtDestination(protocol, world, resolver);
    case "write-source":
      return [{ ...writeSource(protocol, world, resolver), next: REST }];
  }
}

/** Nobody gives his word for a side that lives. */
function kindsOf({ source, destination }: World): ResolverKind[] {
  const kinds: ResolverKind[] = [{ dead: undefined, isAlone: false }];
  for (const [dead, process] of [
    ["source", source],
    ["destination", destination],
  ] as const) {
    if (!isThere(process)) kinds.push({ dead, isAlone: false }, { dead, isAlone: true });
  }
  return kinds;
}

function lookAtSource(world: World, kind: ResolverKind): ResolverMove[] {
  const state = kind.isAlone && kind.dead === "source" ? undefined : world.shared.sourceRecord;
  // What is not looked at has one liveness, so that nothing is counted twice.
  const seen: readonly Liveness[] = state === undefined ? ["unknown"] : [isThere(world.source) ? "alive" : "dead", "unknown"];
  return seen.map((process) => ({
    label: `resolve ${JSON.stringify(kind)}: sees source ${state} (${process})`,
    world,
    next: { at: "seen-source", kind, state, process },
  }));
}

/** The destination's record never comes back to where it was, so that to look at it and to change it may be one step. */
function lookAtDestination(protocol: Protocol, world: World, resolver: Resolver & { readonly at: "seen-source" }): ResolverMove[] {
  const { kind } = resolver;
  const state = kind.isAlone && kind.dead === "destination" ? undefined : world.shared.destinationRecord;
  const seen: readonly Liveness[] = state === undefined ? ["unknown"] : [isThere(world.destination) ? "alive" : "dead", "unknown"];
  const waits = state === "granted" ? [false, true] : [false];
  return seen.flatMap((process) => waits.map((hasWaited) => decide(protocol, world, resolver, state, process, hasWaited)));
}

function decide(
  protocol: Protocol,
  world: World,
  { kind, ...source }: Resolver & { readonly at: "seen-source" },
  state: DestinationRecord | undefined,
  process: Liveness,
  hasWaited: boolean,
): ResolverMove {
  const step = protocol.resolveStep({
    source: source.state === undefined ? undefined : { state: source.state, process: source.process },
    destination: state === undefined ? undefined : { state, process },
    dead: kind.dead,
    hasWaited,
  });
  const label = `resolve ${JSON.stringify(kind)}: sees destination ${state} (${process}, waited ${hasWaited}): ${JSON.stringify(step)}`;
  const isByWord = kind.dead !== undefined;
  switch (step.do) {
    case "source":
      return { label, world, next: { at: "write-source", from: step.from, to: step.to, isByWord } };
    case "destination": {
      if (!protocol.isChanged(step.from, world.shared.destinationRecord)) return { label, world, next: REST };
      const { destination } = world;
      const isLast = isThere(destination) && destination.guest === "paused" && !isThere(world.source) && !world.shared.isCopyOld;
      const thrown =
        step.to === "void" && isLast && source.process !== "alive" ? { broken: "the last memory of the guest was thrown away" } : {};
      const shared = changeDestination(world.shared, step.to);
      return { label, world: { ...world, shared: { ...shared, wasWordGiven: shared.wasWordGiven || isByWord } }, next: REST, ...thrown };
    }
    default: {
      // Who comes to an end looks at the source once more.
      const isLiveness = source.process === "unknown" || (source.process === "alive") === isThere(world.source);
      const isStill = isLiveness && (source.state === undefined || source.state === world.shared.sourceRecord);
      const broken =
        step.do === "end" && step.outcome === "contradiction" && isStill
          ? { broken: `records contradict each other: ${step.sentence}` }
          : {};
      return { label, world, next: REST, ...broken };
    }
  }
}

function writeSource(protocol: Protocol, world: World, { from, to, isByWord }: Resolver & { readonly at: "write-source" }): Moved {
  const label = `resolve: source ${from} → ${to}`;
  if (!protocol.isChanged(from, world.shared.sourceRecord)) return { label: `${label} (too late)`, world };
  const shared = changeSource(world.shared, to);
  return { label, world: { ...world, shared: { ...shared, wasWordGiven: shared.wasWordGiven || isByWord } } };
}
