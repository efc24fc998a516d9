import { moveDestination, moveSource } from "./processes.ts";
import type { Protocol } from "./protocol.ts";
import { isRunning, type World } from "./world.ts";

/** The source has given its guest away, the destination has not heard of it, and both wait. */
export function isInDoubt({ source, destination, shared }: World): boolean {
  return (
    source.machine.phase === "given" &&
    source.guest === "paused" &&
    source.pending.length === 0 &&
    destination.machine.phase === "ready" &&
    destination.guest === "paused" &&
    destination.pending.length === 0 &&
    shared.sourceRecord === "given" &&
    shared.destinationRecord === "ready"
  );
}

/** Whether a guest can come to run although nothing is heard from the other side and nobody resolves. */
export function leavesByItself(protocol: Protocol, from: World): boolean {
  const seen = new Set([keyOf(from)]);
  const queue = [from];
  for (let world = queue.pop(); world !== undefined; world = queue.pop()) {
    if (isRunning(world.source) || isRunning(world.destination)) return true;
    for (const { label, world: next } of [...moveSource(protocol, world), ...moveDestination(protocol, world, false)]) {
      if (label.includes(" hears ") || seen.has(keyOf(next))) continue;
      seen.add(keyOf(next));
      queue.push(next);
    }
  }
  return false;
}

/** What is under way is not heard, and so does not matter. */
function keyOf({ source, destination, shared }: World): string {
  return JSON.stringify([source, destination, shared.sourceRecord, shared.destinationRecord]);
}
