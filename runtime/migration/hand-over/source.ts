import type { CommonEvent, MessageToDestination, MessageToSource, Report, SourceRecord, Step } from "./states.ts";

/**
 * `moving` until all is with the destination; `giving`, `serving`, `finishing`, `taking-back` and `keeping` while the record is being
 * written; `halted` where nothing is known for certain, and nothing runs.
 */
export type SourcePhase =
  | "moving"
  | "giving"
  | "given"
  | "serving"
  | "finishing"
  | "taking-back"
  | "keeping"
  | "kept"
  | "done"
  | "halted"
  | "empty";

export interface SourceState {
  readonly phase: SourcePhase;
  /** False for a process that was started again: the guest went with the one before. */
  readonly hasMemory: boolean;
}

export type SourceEvent =
  | CommonEvent
  | { readonly on: "message"; readonly message: MessageToSource }
  /** What the record says: behind each try to change it, whether or not it was changed, and when somebody else has changed it. */
  | { readonly on: "record"; readonly record: SourceRecord };

export type SourceAction =
  | { readonly do: "record"; readonly from: SourceRecord; readonly to: SourceRecord }
  | { readonly do: "send"; readonly message: MessageToDestination }
  /** The guest runs on; nothing where it runs already. */
  | { readonly do: "resume" }
  | { readonly do: "pause" }
  /** The guest's memory is of no more use. */
  | { readonly do: "release" }
  | { readonly do: "report"; readonly report: Report };

type SourceStep = Step<SourceState, SourceAction>;

export const SOURCE_START: SourceState = { phase: "moving", hasMemory: true };

/** For a process that finds a record of the move that it is to go on with. */
export function sourceAgain(record: SourceRecord): SourceStep {
  const state = (phase: SourcePhase): SourceState => ({ phase, hasMemory: false });
  switch (record) {
    case "holds":
    case "kept":
      return { state: state("empty"), actions: [report("lost")] };
    case "given":
      return { state: state("given"), actions: [send("ask")] };
    case "given-postcopy":
      return { state: state("serving"), actions: [report("lost")] };
    case "done":
      return { state: state("done"), actions: [] };
  }
}

/** The source's side of the hand-over. It never sends a grant before it has seen its record say `given`. */
export function nextSource(state: SourceState, event: SourceEvent): SourceStep {
  switch (event.on) {
    case "record":
      return onRecord(state, event.record);
    case "message":
      return onMessage(state, event.message);
    case "connected":
      if (state.phase === "given" || state.phase === "serving") return stay(state, send("ask"));
      return state.phase === "kept" ? stay(state, send("cancel")) : stay(state);
    case "disconnected":
    case "timeout":
    case "failed":
      return onFailure(state, event.on);
    case "unreadable":
      return isWriting(state.phase) ? go(state, "halted", report("unreadable")) : stay(state);
  }
}

function onFailure(state: SourceState, failure: "disconnected" | "timeout" | "failed"): SourceStep {
  if (state.phase === "moving") return go(state, "keeping", write("holds", "kept"));
  if (state.phase !== "given") return stay(state);
  if (failure === "timeout") return stay(state, send("ask"), report("in-doubt"));
  return stay(state, report(failure === "failed" ? "too-late" : "in-doubt"));
}

function onMessage(state: SourceState, message: MessageToSource): SourceStep {
  switch (state.phase) {
    case "moving":
      if (message === "ready") return go(state, "giving", write("holds", "given"));
      if (message === "abort") return go(state, "keeping", write("holds", "kept"));
      return go(state, "halted", { do: "pause" }, report("contradiction"));
    case "given":
      if (message === "ready") return stay(state, send("grant"));
      if (message === "running") return go(state, "finishing", write("given", "done"));
      if (message === "running-postcopy") return go(state, "serving", write("given", "given-postcopy"));
      return state.hasMemory ? go(state, "taking-back", write("given", "kept")) : stay(state, report("lost"));
    case "serving":
      if (message === "running") return go(state, "finishing", write("given-postcopy", "done"));
      return message === "running-postcopy" ? stay(state) : stay(state, report("contradiction"));
    case "kept":
      return message === "ready" ? stay(state, send("cancel")) : stay(state, ...(message === "abort" ? [] : [report("contradiction")]));
    default:
      return stay(state);
  }
}

function onRecord(state: SourceState, record: SourceRecord): SourceStep {
  const { phase } = state;
  switch (record) {
    case "holds":
      // What was to be written was not. Nobody has the right but this side, which keeps it; that it did cannot be written down either.
      if (phase === "giving" || phase === "halted") return go(state, "keeping", write("holds", "kept"));
      return phase === "keeping" ? go(state, "kept", ...resume(state), send("cancel"), report("unwritten")) : stay(state);
    case "given":
      if (phase === "giving") return go(state, "given", send("grant"));
      if (phase === "taking-back" || phase === "serving") return go(state, "given", report("unwritten"));
      if (phase === "finishing") return go(state, "done", { do: "release" }, report("unwritten"));
      if (phase === "given" || phase === "done") return stay(state);
      return go(state, "given", { do: "pause" }, report("overruled"), send("ask"));
    case "given-postcopy":
      if (phase === "finishing") return go(state, "done", { do: "release" }, report("unwritten"));
      return phase === "serving" || phase === "done" ? stay(state) : go(state, "serving", { do: "pause" });
    case "kept":
      return phase === "kept" || phase === "empty" ? stay(state) : go(state, "kept", ...resume(state), send("cancel"));
    case "done":
      if (phase === "done") return stay(state);
      return go(state, "done", ...(isGivingAway(phase) ? [] : [{ do: "pause" } as const]), { do: "release" });
  }
}

function isWriting(phase: SourcePhase): boolean {
  return phase === "giving" || phase === "finishing" || phase === "taking-back" || phase === "keeping";
}

/** Phases in which the guest is paused for certain. */
function isGivingAway(phase: SourcePhase): boolean {
  return phase === "giving" || phase === "given" || phase === "serving" || phase === "finishing" || phase === "taking-back";
}

function resume(state: SourceState): SourceAction[] {
  return state.hasMemory ? [{ do: "resume" }] : [report("lost")];
}

function go(state: SourceState, phase: SourcePhase, ...actions: SourceAction[]): SourceStep {
  return { state: { ...state, phase }, actions };
}

function stay(state: SourceState, ...actions: SourceAction[]): SourceStep {
  return { state, actions };
}

function write(from: SourceRecord, to: SourceRecord): SourceAction {
  return { do: "record", from, to };
}

function send(message: MessageToDestination): SourceAction {
  return { do: "send", message };
}

function report(what: Report): SourceAction {
  return { do: "report", report: what };
}
