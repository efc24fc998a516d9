import type { Liveness } from "./process-identity.ts";
import type { DestinationRecord, SourceRecord } from "./states.ts";

/** What is known of one side. */
export interface Seen<State> {
  readonly state: State;
  readonly process: Liveness;
}

export interface ResolveView {
  /** Undefined where its record is not to be had. */
  readonly source: Seen<SourceRecord> | undefined;
  readonly destination: Seen<DestinationRecord> | undefined;
  /** The side that somebody gives his word for that it is dead. */
  readonly dead: "source" | "destination" | undefined;
  /** Whether the destination has had its time to take what it was granted. */
  readonly hasWaited: boolean;
}

export type Outcome = "source" | "destination" | "nothing" | "lost" | "undecided" | "contradiction";

/** One step, behind which both records are looked at again. Each write fails where the record is no longer what was seen. */
export type Resolution =
  | {
      readonly do: "source";
      readonly from: SourceRecord;
      readonly to: SourceRecord;
      readonly sentence: string;
    }
  | {
      readonly do: "destination";
      readonly from: DestinationRecord;
      readonly to: DestinationRecord;
      readonly sentence: string;
    }
  /** Until the destination has taken what it is granted, or its time is over. */
  | { readonly do: "wait"; readonly sentence: string }
  /** `source` and `destination`: that side has the right to run, and its process runs the guest by itself. */
  | { readonly do: "end"; readonly outcome: Outcome; readonly sentence: string };

/**
 * What to do with two records, or with one when the other side is dead. It writes what lets one side run only when the other cannot any
 * more, and takes what is loaded from a destination only when it is old, or when the source lives.
 */
export function resolveStep(view: ResolveView): Resolution {
  const { dead } = view;
  const source = dead === "source" && view.source !== undefined ? { ...view.source, process: "dead" as const } : view.source;
  const destination =
    dead === "destination" && view.destination !== undefined ? { ...view.destination, process: "dead" as const } : view.destination;
  if (source !== undefined && destination !== undefined) return ofBoth({ ...view, source, destination });
  if (source !== undefined && dead === "destination") return ofSource(source);
  if (destination !== undefined && dead === "source") return ofDestination(destination, view.hasWaited);
  return end("undecided", "Both sides' records are wanted, or one and the word that the other side is dead.");
}

type Both = ResolveView & { readonly source: Seen<SourceRecord>; readonly destination: Seen<DestinationRecord> };

function ofSource({ state, process }: Seen<SourceRecord>): Resolution {
  if (process === "dead") return end("nothing", "The source's process is dead as well as the destination: the guest is nowhere.");
  switch (state) {
    case "holds":
      return source(state, "kept", "The source keeps the guest, which it never gave away.");
    case "given":
      return source(state, "kept", "The source takes the guest back from the dead destination; what it did there is lost.");
    case "given-postcopy":
      return end("lost", "The guest ran at the destination before all of its memory was there: neither side has it any more.");
    case "kept":
      return end("source", "The source has the guest.");
    case "done":
      return end("nothing", "The guest ran at the destination, and died with it.");
  }
}

function ofDestination({ state, process }: Seen<DestinationRecord>, hasWaited: boolean): Resolution {
  if (process === "dead") return end("nothing", "The destination's process is dead as well as the source: the guest is nowhere.");
  switch (state) {
    case "loading":
      return end("nothing", "The source died before all was with the destination: there is nothing that could run.");
    case "ready":
      return destination(state, "granted", "The destination gets the guest of the dead source; what it did there since is lost.");
    case "granted":
      return hasWaited ? end("undecided", LEFT) : WAIT;
    case "holds-postcopy":
      return end("lost", "The source died before all memory was at the destination, where the guest runs: neither side has it whole.");
    case "holds":
      return end("destination", "The destination has the guest.");
    case "void":
      return end("nothing", "The destination never took the guest, and has nothing any more; the source is dead.");
  }
}

function ofBoth(view: Both): Resolution {
  switch (view.destination.state) {
    case "loading":
    case "ready":
      return view.source.state === "given" || view.source.state === "kept" || view.source.state === "holds"
        ? ofCopy(view, view.source.state, view.destination.state)
        : contradiction(view);
    case "granted":
      return ofGranted(view);
    case "holds-postcopy":
      return ofPostcopy(view);
    case "holds":
      return ofTaken(view);
    case "void":
      return ofVoid(view);
  }
}

/** The destination has not been told that it may run. */
function ofCopy(view: Both, state: "holds" | "given" | "kept", copy: "loading" | "ready"): Resolution {
  const hasSource = view.source.process !== "dead";
  const hasCopy = view.destination.process !== "dead" && copy === "ready";
  if (!hasSource && !hasCopy) return end("nothing", "The source is dead, and the destination has no whole copy: the guest is nowhere.");
  if (!hasSource) {
    if (state === "holds") return source(state, "given", "The source died with the guest paused; the destination has all of it.");
    if (state === "given") return destination("ready", "granted", "The destination gets the guest that the source gave away.");
    if (view.dead !== "source") {
      return end("undecided", "The source ran on and died: the destination's copy is older. It runs if you say that the source is dead.");
    }
    return source(state, "given", "The destination gets the guest of the dead source, as it was when it was copied.");
  }
  if (view.dead === "destination") return destination(copy, "void", "The destination is dead and can take nothing any more.");
  if (state === "given") {
    return hasCopy
      ? destination("ready", "granted", "The destination gets the guest that the source gave away.")
      : destination(copy, "void", "The destination has no whole copy, and can take nothing any more.");
  }
  if (state === "kept" && view.source.process === "alive") {
    return destination(copy, "void", "The source has kept the guest: the destination's copy is of no use.");
  }
  return end("source", `The source ${state === "kept" ? "has kept" : "has not given away"} the guest${unlessDead(view)}`);
}

function ofGranted(view: Both): Resolution {
  const { state, process } = view.source;
  if (state === "done" || state === "given-postcopy") return contradiction(view);
  if (view.destination.process === "dead") {
    return process === "dead"
      ? end("nothing", "The destination died before it took the guest, and the source is dead: the guest is nowhere.")
      : destination("granted", "void", "The destination died before it took the guest, and can take it no more.");
  }
  if (state !== "given" && process === "alive") {
    return destination("granted", "void", "The source has the guest: the destination may not take it.");
  }
  if (!view.hasWaited) return WAIT;
  if (process === "alive")
    return destination("granted", "void", "The destination did not take the guest in time, and may take it no more.");
  return end("undecided", LEFT);
}

function ofPostcopy(view: Both): Resolution {
  if (view.source.process === "dead" || view.destination.process === "dead") {
    const side = view.source.process === "dead" ? "source" : "destination";
    return end("lost", `The ${side} died before all memory was at the destination, where the guest ran: neither side has it whole.`);
  }
  if (view.source.state !== "given" && view.source.state !== "given-postcopy") return bothHold(view);
  return end("destination", `The guest runs at the destination and needs the source for the rest of its memory${unlessDead(view)}`);
}

function ofTaken(view: Both): Resolution {
  const { state, process } = view.source;
  if (view.destination.process !== "dead") {
    if (state === "done") return end("destination", "The destination has the guest.");
    if (state === "given" || state === "given-postcopy" || process === "dead") {
      return source(state, "done", "The destination has taken the guest: the source is done with it.");
    }
    return bothHold(view);
  }
  if (process === "dead" || state === "done") return end("nothing", "The guest ran at the destination, and died with it.");
  if (state === "given-postcopy")
    return end("lost", "The destination died with a guest that came by post-copy: the source's is not to be run.");
  if (state !== "given") return end("source", "The source has the guest.");
  if (view.dead === "destination") {
    return source(state, "kept", "The source takes the guest back from the dead destination; what it did there is lost.");
  }
  return end(
    "undecided",
    "The destination took the guest and died: the source's is older. It runs if you say that the destination is dead.",
  );
}

/** Comes to be when one side was resolved alone, as the other was dead. */
function bothHold(view: Both): Resolution {
  if (view.source.state === "done" || (view.source.process === "alive" && view.destination.process === "alive")) return contradiction(view);
  return end(
    "undecided",
    "Both records say that their side has the guest, and from here it is not to be seen which process lives: say which is dead.",
  );
}

function ofVoid(view: Both): Resolution {
  const { state, process } = view.source;
  if (state === "done" || state === "given-postcopy") return contradiction(view);
  if (process === "dead") return end("nothing", "The source is dead, and the destination has nothing any more: the guest is nowhere.");
  if (state === "given") return source(state, "kept", "The destination never takes the guest: the source takes it back.");
  if (state === "holds" && view.dead === "destination")
    return source(state, "kept", "The source keeps the guest, which it never gave away.");
  return end("source", `The source has the guest${unlessDead(view)}`);
}

const LEFT =
  "The destination did not take the guest in time; it takes it when it looks, and nobody else may run it until you say that the destination is dead.";

const WAIT: Resolution = { do: "wait", sentence: "The destination may take the guest." };

/** The end of a sentence that holds while the source's process does. */
function unlessDead(view: Both): string {
  return view.source.process === "alive" ? "." : "; whether its process lives is not to be seen from here: if it is dead, say so.";
}

function contradiction({ source, destination }: Both): Resolution {
  return end(
    "contradiction",
    `The records do not go together: the source says '${source.state}' and the destination '${destination.state}'.`,
  );
}

function source(from: SourceRecord, to: SourceRecord, sentence: string): Resolution {
  return { do: "source", from, to, sentence };
}

function destination(from: DestinationRecord, to: DestinationRecord, sentence: string): Resolution {
  return { do: "destination", from, to, sentence };
}

function end(outcome: Outcome, sentence: string): Resolution {
  return { do: "end", outcome, sentence };
}
