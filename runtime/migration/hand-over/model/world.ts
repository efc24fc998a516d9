import type { DestinationAction, DestinationState } from "../destination.ts";
import type { Liveness } from "../process-identity.ts";
import type { SourceAction, SourceState } from "../source.ts";
import type { DestinationRecord, MessageToDestination, MessageToSource, SourceRecord } from "../states.ts";

/** All that a move consists of, as far as the hand-over goes. Nothing in it is ever changed in place. */
export interface World {
  readonly source: SourceProcess;
  readonly destination: DestinationProcess;
  readonly shared: Shared;
  /** As many as may be at work at once. */
  readonly resolvers: readonly Resolver[];
}

export interface SourceProcess {
  readonly isAlive: boolean;
  readonly machine: SourceState;
  /** Still to be carried out; no event is taken before. */
  readonly pending: readonly SourceAction[];
  /** Undefined where there is no memory of it. */
  readonly guest: "running" | "paused" | undefined;
  /** What the machine was last told of its record; undefined where it could not be read. */
  readonly known: SourceRecord | undefined;
}

export interface DestinationProcess {
  readonly isAlive: boolean;
  readonly machine: DestinationState;
  readonly pending: readonly DestinationAction[];
  /** `loading` is memory that is not whole. */
  readonly guest: "running" | "paused" | "loading" | undefined;
  readonly known: DestinationRecord | undefined;
}

export interface Shared {
  readonly sourceRecord: SourceRecord;
  readonly destinationRecord: DestinationRecord;
  /**
   * Every message that was ever sent may come at any time, in any order, as often as it likes, or never: that is more than connections do
   * that are cut, lose what is under way, and are made again.
   */
  readonly toSource: readonly MessageToSource[];
  readonly toDestination: readonly MessageToDestination[];
  /** The source has sent all, and has not run since. */
  readonly isCopySent: boolean;
  /** What was not to be: kept for what is checked. */
  readonly wasGiven: boolean;
  readonly wasTaken: boolean;
  /** The source has run since all was sent; the destination has run. */
  readonly isCopyOld: boolean;
  readonly isSourceOld: boolean;
  /** Somebody has said that a side is dead, and something was written by it. */
  readonly wasWordGiven: boolean;
  /** Records that may still fail to be written, and whether one has. */
  readonly faults: number;
  readonly wasFault: boolean;
}

/** Resolving is a look at the source's record, one at the destination's, and one write. What depends on what was seen stands between. */
export type Resolver =
  | { readonly at: "rest" }
  | { readonly at: "seen-source"; readonly kind: ResolverKind; readonly state: SourceRecord | undefined; readonly process: Liveness }
  | { readonly at: "write-source"; readonly from: SourceRecord; readonly to: SourceRecord; readonly isByWord: boolean };

export interface ResolverKind {
  readonly dead: "source" | "destination" | undefined;
  /** The dead side's record is not to be had. */
  readonly isAlone: boolean;
}

export const REST: Resolver = { at: "rest" };

/** What may differ from one search to the next. */
export interface Scope {
  readonly resolvers: number;
  readonly isPostcopy: boolean;
  readonly faults: number;
}

/** Whether the process that had the memory is still there: a new one in its place is another process. */
export function isThere(process: SourceProcess | DestinationProcess): boolean {
  return process.isAlive && process.machine.hasMemory;
}

export function isRunning(process: SourceProcess | DestinationProcess): boolean {
  return process.guest === "running";
}
