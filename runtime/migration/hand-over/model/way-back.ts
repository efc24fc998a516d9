import { moveDestination, moveSource, tellDestination, tellSource } from "./processes.ts";
import type { Protocol } from "./protocol.ts";
import { moveResolver } from "./resolvers.ts";
import { isRunning, isThere, type Resolver, type ResolverKind, type World } from "./world.ts";

export type WayBack = "runs" | "gone" | "lost";

/**
 * Of a world in which no guest runs: whether somebody who resolves it, alone and with what can be known, makes exactly one run. `gone` where
 * neither side has memory that is whole, `lost` where it was taken apart by post-copy. Anything else is the way in which it failed.
 */
export function wayBack(protocol: Protocol, world: World): WayBack | string {
  const calm = settle(protocol, world);
  const hasSource = calm.source.guest !== undefined;
  const hasDestination = calm.destination.guest === "paused" && calm.destination.machine.phase !== "halted";
  if (count(calm) === 1) return "runs";
  if (isTorn(calm)) return "lost";
  if (!hasSource && !hasDestination) return count(calm) === 0 ? "gone" : "two guests run";
  const tries: ResolverKind[] = [{ dead: undefined, isAlone: false }];
  for (const [dead, process] of [
    ["source", calm.source],
    ["destination", calm.destination],
  ] as const) {
    if (!isThere(process)) tries.push({ dead, isAlone: false });
  }
  const ends = tries.map((kind) => resolveAlone(protocol, calm, kind));
  if (ends.some((end) => count(end) > 1)) return "resolving makes two guests run";
  if (!ends.some((end) => count(end) === 1)) return "resolving with both records makes no guest run";
  // With one record alone it has to work as well, whenever the other side is dead.
  for (const dead of ["source", "destination"] as const) {
    const other = dead === "source" ? calm.destination : calm.source;
    const isUsable = dead === "source" ? hasDestination : hasSource;
    if (isThere(calm[dead]) || !isThere(other) || !isUsable) continue;
    if (count(resolveAlone(protocol, calm, { dead, isAlone: true })) !== 1)
      return `resolving with the record of the side that is not the ${dead} makes no guest run`;
  }
  return "runs";
}

/** The guest has run at the destination with memory still at the source, and one of the two is gone. */
function isTorn({ source, destination, shared }: World): boolean {
  if (shared.destinationRecord === "holds-postcopy") return true;
  return shared.sourceRecord === "given-postcopy" && !(isThere(source) && isThere(destination));
}

function count(world: World): number {
  return Number(isRunning(world.source)) + Number(isRunning(world.destination));
}

/** One who resolves goes on to his end, while both processes do what they have to do and see their records. */
function resolveAlone(protocol: Protocol, from: World, kind: ResolverKind): World {
  let world = from;
  let hasWaited = false;
  for (let turn = 0; turn < 30; turn++) {
    const step = moveResolver(protocol, world, seenSource(world, kind)).find(({ label }) => isTrue(label, world, hasWaited));
    if (step === undefined) return world;
    const after = step.next.at === "write-source" ? (moveResolver(protocol, step.world, step.next)[0]?.world ?? step.world) : step.world;
    hasWaited = after.shared.destinationRecord === "granted" && after.shared === world.shared;
    const next = settle(protocol, after);
    if (next.shared === world.shared && next.source === world.source && next.destination === world.destination && !hasWaited) {
      return lastFailure(protocol, next);
    }
    if (hasWaited && turn > 20) return next;
    world = next;
  }
  return world;
}

function seenSource(world: World, kind: ResolverKind): Resolver {
  const isHidden = kind.isAlone && kind.dead === "source";
  return {
    at: "seen-source",
    kind,
    state: isHidden ? undefined : world.shared.sourceRecord,
    process: isHidden ? "unknown" : isThere(world.source) ? "alive" : "dead",
  };
}

function isTrue(label: string, world: World, hasWaited: boolean): boolean {
  const isKnown = label.includes("sees destination undefined") || label.includes(isThere(world.destination) ? "(alive" : "(dead");
  return (
    isKnown &&
    (world.shared.destinationRecord !== "granted" || label.includes(`waited ${hasWaited}`) || label.includes("destination undefined"))
  );
}

/** A source that has not given its guest away gives up sooner or later, and keeps it. */
function lastFailure(protocol: Protocol, world: World): World {
  if (!world.source.isAlive || count(world) > 0) return world;
  return settle(protocol, { ...world, source: tellSource(protocol, world.source, { on: "failed" }) });
}

/** Until nothing more follows: nobody dies, nothing is heard, no disk fails. */
function settle(protocol: Protocol, from: World): World {
  let world: World = from.shared.faults > 0 ? { ...from, shared: { ...from.shared, faults: 0 } } : from;
  for (let turn = 0; turn < 50; turn++) {
    if (world.source.pending.length > 0 || world.destination.pending.length > 0) {
      const moves = world.source.pending.length > 0 ? moveSource(protocol, world) : moveDestination(protocol, world, false);
      const acted = moves.find(({ label }) => /: [{]/.test(label));
      if (acted === undefined) return world;
      world = acted.world;
    } else if (world.source.isAlive && world.source.known !== world.shared.sourceRecord) {
      world = { ...world, source: tellSource(protocol, world.source, { on: "record", record: world.shared.sourceRecord }) };
    } else if (world.destination.isAlive && world.destination.known !== world.shared.destinationRecord) {
      const event = { on: "record", record: world.shared.destinationRecord } as const;
      world = { ...world, destination: tellDestination(protocol, world.destination, event) };
    } else return world;
  }
  return world;
}
