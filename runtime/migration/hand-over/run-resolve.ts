import { type Clock, sleep } from "../clock.ts";
import { livenessOf } from "./process-identity.ts";
import type { DestinationSide, HandOverRecord, SourceSide } from "./record.ts";
import { RecordError } from "./record-error.ts";
import { changeRecord, readRecord } from "./record-folder.ts";
import { type Outcome, resolveStep, type Seen } from "./resolve.ts";

export interface ResolveOptions {
  /** Folders of the records; one of them may be missing when its side is dead. */
  readonly source?: string;
  readonly destination?: string;
  readonly dead?: "source" | "destination";
  readonly clock: Clock;
  /** In ms: how long the destination has to take what it is granted. */
  readonly timeout: number;
  /** In ms, between two looks at its record. */
  readonly poll?: number;
}

export interface Resolved {
  readonly outcome: Outcome;
  readonly sentence: string;
  /** What was written on the way, a sentence each. */
  readonly steps: readonly string[];
  readonly source: SourceSide | undefined;
  readonly destination: DestinationSide | undefined;
}

/** Gives the guest to the side that may have it. May be called as often as wanted, by several at once, while both sides are at work. */
export async function resolve(options: ResolveOptions): Promise<Resolved> {
  const { clock, timeout, poll = 20 } = options;
  const steps: string[] = [];
  let grantedAt: number | undefined;
  for (;;) {
    const source = options.source === undefined ? undefined : sourceSide(options.source);
    const destination = options.destination === undefined ? undefined : destinationSide(options.destination);
    if (source !== undefined && destination !== undefined && source.migration !== destination.migration) {
      throw new RecordError("foreign", options.destination ?? "", "The two hand-over records are those of two migrations.");
    }
    if (destination?.state === "granted") grantedAt ??= clock.now();
    const hasWaited = grantedAt !== undefined && clock.now() - grantedAt >= timeout;
    const view = { source: seen(source), destination: seen(destination), dead: options.dead, hasWaited };
    const step = resolveStep(view);
    switch (step.do) {
      case "end":
        // The source was looked at first: what does not go together may never have been at one time.
        if (source !== undefined && hasMoved(source, view.source, options.source ?? "")) break;
        return { outcome: step.outcome, sentence: step.sentence, steps, source, destination };
      case "wait":
        await sleep(clock, poll);
        break;
      default: {
        const [folder, record] = step.do === "source" ? [options.source, source] : [options.destination, destination];
        if (folder === undefined || record === undefined) break;
        if (changeRecord(folder, record.migration, step.from, step.to, "resolve").isWritten) steps.push(step.sentence);
      }
    }
  }
}

function hasMoved(before: SourceSide, seenBefore: Seen<unknown> | undefined, folder: string): boolean {
  const now = readRecord(folder);
  return now.revision !== before.revision || livenessOf(now.process) !== seenBefore?.process;
}

function seen<State>(record: (HandOverRecord & { readonly state: State }) | undefined): Seen<State> | undefined {
  return record === undefined ? undefined : { state: record.state, process: livenessOf(record.process) };
}

function sourceSide(folder: string): SourceSide {
  const record = readRecord(folder);
  if (record.role !== "source") throw new RecordError("foreign", folder, "The hand-over record is that of a destination, not of a source.");
  return record;
}

function destinationSide(folder: string): DestinationSide {
  const record = readRecord(folder);
  if (record.role !== "destination")
    throw new RecordError("foreign", folder, "The hand-over record is that of a source, not of a destination.");
  return record;
}
