import type { CommonEvent, DestinationRecord, MessageToDestination, MessageToSource, Report, Step } from "./states.ts";

/**
 * `getting-ready`, `taking…`, `completing` and `voiding…` while the record is being written; `died` where the guest ran and its process is
 * gone; `halted` where nothing can be written, and so nothing is said.
 */
export type DestinationPhase =
  | "loading"
  | "getting-ready"
  | "ready"
  | "taking"
  | "taking-granted"
  | "running-postcopy"
  | "completing"
  | "running"
  | "voiding"
  | "voiding-granted"
  | "void"
  | "halted"
  | "died";

export interface DestinationState {
  readonly phase: DestinationPhase;
  /** The guest is to run before its memory is all there. */
  readonly isPostcopy: boolean;
  /** False for a process that was started again: what was loaded went with the one before. */
  readonly hasMemory: boolean;
}

export type DestinationEvent =
  | CommonEvent
  | { readonly on: "message"; readonly message: MessageToDestination }
  | { readonly on: "record"; readonly record: DestinationRecord }
  /** All is loaded that the guest needs to run; with post-copy, all but the rest of its memory. */
  | { readonly on: "loaded"; readonly isPostcopy: boolean }
  /** After post-copy: the source has nothing any more that is not here. */
  | { readonly on: "complete" };

export type DestinationAction =
  | { readonly do: "record"; readonly from: DestinationRecord; readonly to: DestinationRecord }
  | { readonly do: "send"; readonly message: MessageToSource }
  | { readonly do: "run" }
  /** What was loaded is of no more use. */
  | { readonly do: "release" }
  | { readonly do: "report"; readonly report: Report };

type DestinationStep = Step<DestinationState, DestinationAction>;

export const DESTINATION_START: DestinationState = { phase: "loading", isPostcopy: false, hasMemory: true };

/** For a process that finds a record of the move that it is to go on with: nothing can run here any more. */
export function destinationAgain(record: DestinationRecord): DestinationStep {
  const state = (phase: DestinationPhase): DestinationState => ({ phase, isPostcopy: false, hasMemory: false });
  switch (record) {
    case "loading":
    case "ready":
    case "granted":
      return { state: state("voiding"), actions: [write(record, "void")] };
    case "holds":
    case "holds-postcopy":
      return { state: state("died"), actions: [report("lost")] };
    case "void":
      return { state: state("void"), actions: [] };
  }
}

/** The destination's side of the hand-over. It runs the guest only when it has seen its own record say `holds`. */
export function nextDestination(state: DestinationState, event: DestinationEvent): DestinationStep {
  const { phase } = state;
  switch (event.on) {
    case "record":
      return onRecord(state, event.record);
    case "message":
      return onMessage(state, event.message);
    case "loaded":
      if (phase !== "loading") return stay(state);
      return go({ ...state, isPostcopy: event.isPostcopy }, "getting-ready", write("loading", "ready"));
    case "complete":
      return phase === "running-postcopy" ? go(state, "completing", write("holds-postcopy", "holds")) : stay(state);
    case "disconnected":
      if (phase === "loading") return go(state, "voiding", write("loading", "void"));
      return stay(state, ...(phase === "ready" ? [report("in-doubt")] : []));
    case "failed":
      return giveUp(state);
    case "timeout":
      return stay(state, ...(phase === "ready" ? [report("in-doubt")] : []));
    case "unreadable":
      return isWriting(phase) ? go(state, "halted", report("unreadable")) : stay(state);
    case "connected":
      return stay(state);
  }
}

function onMessage(state: DestinationState, message: MessageToDestination): DestinationStep {
  switch (state.phase) {
    case "loading":
      return message === "cancel" ? giveUp(state) : stay(state);
    case "ready":
      if (message === "grant") return go(state, "taking", take(state, "ready"));
      return message === "cancel" ? giveUp(state) : stay(state, send("ready"));
    case "running":
      return message === "cancel" ? stay(state, report("contradiction")) : stay(state, send("running"));
    case "running-postcopy":
      return message === "cancel" ? stay(state, report("contradiction")) : stay(state, send("running-postcopy"));
    case "void":
      return stay(state, send("abort"));
    default:
      return stay(state);
  }
}

function giveUp(state: DestinationState): DestinationStep {
  if (state.phase === "loading") return go(state, "voiding", write("loading", "void"));
  return state.phase === "ready" ? go(state, "voiding", write("ready", "void")) : stay(state);
}

function onRecord(state: DestinationState, record: DestinationRecord): DestinationStep {
  const { phase } = state;
  switch (record) {
    case "loading":
      // It could not be written that all is loaded, or that it never will be: so neither is said.
      return phase === "loading" || phase === "halted" ? stay(state) : go(state, "halted", report("unwritten"));
    case "ready":
      if (phase === "getting-ready") return go(state, "ready", send("ready"));
      if (phase === "ready") return stay(state);
      return state.hasMemory ? go(state, "ready", report("unwritten")) : go(state, "halted", report("unwritten"));
    case "granted":
      if (phase === "taking-granted") return go(state, "ready", report("unwritten"));
      if (phase === "voiding-granted") return go(state, "halted", report("unwritten"));
      if (phase === "voiding" || !state.hasMemory) return go(state, "voiding-granted", write("granted", "void"));
      return go(state, "taking-granted", take(state, "granted"));
    case "holds-postcopy":
      if (phase === "completing") return go(state, "running-postcopy", report("unwritten"));
      if (phase === "running-postcopy" || phase === "died") return stay(state);
      return go(state, "running-postcopy", { do: "run" }, send("running-postcopy"));
    case "holds":
      if (phase === "completing") return go(state, "running", send("running"));
      return phase === "running" || phase === "died" ? stay(state) : go(state, "running", { do: "run" }, send("running"));
    case "void":
      return phase === "void" ? stay(state) : go(state, "void", { do: "release" }, send("abort"));
  }
}

function isWriting(phase: DestinationPhase): boolean {
  return phase === "getting-ready" || phase.startsWith("taking") || phase === "completing" || phase.startsWith("voiding");
}

function take(state: DestinationState, from: "ready" | "granted"): DestinationAction {
  return write(from, state.isPostcopy ? "holds-postcopy" : "holds");
}

function go(state: DestinationState, phase: DestinationPhase, ...actions: DestinationAction[]): DestinationStep {
  return { state: { ...state, phase }, actions };
}

function stay(state: DestinationState, ...actions: DestinationAction[]): DestinationStep {
  return { state, actions };
}

function write(from: DestinationRecord, to: DestinationRecord): DestinationAction {
  return { do: "record", from, to };
}

function send(message: MessageToSource): DestinationAction {
  return { do: "send", message };
}

function report(what: Report): DestinationAction {
  return { do: "report", report: what };
}
