import { isRunning, isThere, type World } from "./world.ts";

/** The rule that this world breaks. */
export function brokenRule({ source, destination, shared }: World): string | undefined {
  const isTaken = shared.destinationRecord === "holds" || shared.destinationRecord === "holds-postcopy";
  if (isRunning(source) && isRunning(destination)) return "two guests run";
  // Where somebody has said that a destination is dead, which it is, and its record was not to be had, that record holds for ever.
  if (isRunning(source) && isTaken && (isThere(destination) || !shared.wasWordGiven))
    return "the source runs and the destination's record says that it holds the guest";
  if (isRunning(source) && shared.sourceRecord !== "holds" && shared.sourceRecord !== "kept") {
    return `the source runs and its record says '${shared.sourceRecord}'`;
  }
  if (isRunning(destination) && !isTaken) return `the destination runs and its record says '${shared.destinationRecord}'`;
  if (shared.sourceRecord === "done" && !shared.wasTaken) return "the source is done with a guest that the destination never took";
  return undefined;
}
