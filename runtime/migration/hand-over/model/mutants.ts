import { type DestinationAction, nextDestination } from "../destination.ts";
import { resolveStep } from "../resolve.ts";
import { nextSource, type SourceAction } from "../source.ts";
import { PROTOCOL, type Protocol } from "./protocol.ts";

/** Mistakes that one could make, each with what it breaks. */
export const MUTANTS: readonly { readonly name: string; readonly breaks: RegExp; readonly protocol: Partial<Protocol> }[] = [
  {
    name: "the grant is sent before 'given' is durable",
    breaks: /grant was sent before/,
    protocol: {
      nextSource: (state, event) => {
        const step = nextSource(state, event);
        const isGiving = state.phase === "moving" && step.state.phase === "giving";
        return isGiving ? { ...step, actions: [{ do: "send", message: "grant" }, ...step.actions] } : step;
      },
    },
  },
  {
    name: "the source runs on when nothing comes after it gave the guest away",
    breaks: /the source runs and its record says 'given'/,
    protocol: {
      nextSource: (state, event) =>
        state.phase === "given" && event.on === "timeout" ? { state, actions: [{ do: "resume" }] } : nextSource(state, event),
    },
  },
  {
    name: "the source keeps what it gave away when the connection is lost",
    breaks: /source runs and the destination's record|two guests run/,
    protocol: {
      nextSource: (state, event) =>
        state.phase === "given" && event.on === "disconnected"
          ? { state: { ...state, phase: "taking-back" }, actions: [{ do: "record", from: "given", to: "kept" }] }
          : nextSource(state, event),
    },
  },
  {
    name: "the source runs on before its record says so",
    breaks: /ran what is older/,
    protocol: { nextSource: (state, event) => runEarly(nextSource(state, event), state.phase) },
  },
  {
    name: "the source is done once it has sent the grant",
    breaks: /done with a guest that the destination never took/,
    protocol: {
      nextSource: (state, event) => {
        const step = nextSource(state, event);
        if (!step.actions.some((action) => action.do === "send" && action.message === "grant")) return step;
        return { state: { ...step.state, phase: "finishing" }, actions: [...step.actions, { do: "record", from: "given", to: "done" }] };
      },
    },
  },
  {
    name: "the source gives away what it was told to keep",
    breaks: /grant was sent before/,
    protocol: {
      nextSource: (state, event) =>
        nextSource(state, state.phase === "giving" && event.on === "record" ? { on: "record", record: "given" } : event),
    },
  },
  {
    name: "the destination runs when the connection is lost",
    breaks: /contradict.*source says 'holds' and the destination 'holds'/,
    protocol: {
      nextDestination: (state, event) =>
        state.phase === "ready" && event.on === "disconnected"
          ? { state: { ...state, phase: "taking" }, actions: [{ do: "record", from: "ready", to: "holds" }] }
          : nextDestination(state, event),
    },
  },
  {
    name: "the destination runs before its record says so",
    breaks: /the destination runs and its record says/,
    protocol: {
      nextDestination: (state, event) => {
        const step = nextDestination(state, event);
        return step.state.phase === "taking" ? { ...step, actions: [{ do: "run" }, ...step.actions] } : step;
      },
    },
  },
  {
    name: "the destination gives up without a word in its record",
    breaks: /abort was sent that the record does not back/,
    protocol: {
      nextDestination: (state, event) =>
        state.phase === "ready" && event.on === "failed"
          ? { state: { ...state, phase: "void" }, actions: [{ do: "release" }, { do: "send", message: "abort" }] }
          : nextDestination(state, event),
    },
  },
  {
    name: "a destination that is started again believes its record",
    breaks: /ran what it has no memory of/,
    protocol: {
      destinationAgain: (record) =>
        record === "ready"
          ? { state: { phase: "ready", isPostcopy: false, hasMemory: true }, actions: [{ do: "send", message: "ready" }] }
          : PROTOCOL.destinationAgain(record),
    },
  },
  {
    name: "a destination that was granted the guest does not look",
    breaks: /makes no guest run/,
    protocol: {
      nextDestination: (state, event) =>
        event.on === "record" && event.record === "granted" ? { state, actions: [] } : nextDestination(state, event),
    },
  },
  {
    name: "records are written and not compared",
    breaks: /./,
    protocol: { isChanged: () => true },
  },
  {
    name: "who resolves gives the guest back without taking it from the destination",
    breaks: /contradict.*source says 'kept' and the destination 'holds'/,
    protocol: {
      resolveStep: (view) => {
        const step = resolveStep(view);
        return step.do === "destination" && step.to === "void" && view.source?.state === "given"
          ? { do: "source", from: "given", to: "kept", sentence: "" }
          : step;
      },
    },
  },
  {
    name: "who resolves takes a side that he cannot see for dead",
    breaks: /source runs and its record says|source runs and the destination's record|two guests run/,
    protocol: {
      resolveStep: (view) =>
        resolveStep(view.source?.process === "unknown" ? { ...view, source: { ...view.source, process: "dead" } } : view),
    },
  },
  {
    name: "who resolves starts a copy that is older than the guest",
    breaks: /the destination ran what is older/,
    protocol: {
      resolveStep: (view) => {
        const step = resolveStep(view);
        return view.source?.state === "kept" && view.destination?.state === "ready" && view.source.process === "dead"
          ? { do: "destination", from: "ready", to: "granted", sentence: "" }
          : step;
      },
    },
  },
  {
    name: "who resolves throws away what the destination has of a dead source's guest",
    breaks: /makes no guest run|last memory/,
    protocol: {
      resolveStep: (view) =>
        view.source?.state === "holds" && view.destination?.state === "ready" && view.dead === undefined
          ? { do: "destination", from: "ready", to: "void", sentence: "" }
          : resolveStep(view),
    },
  },
];

function runEarly(step: ReturnType<typeof nextSource>, before: string): { state: typeof step.state; actions: readonly SourceAction[] } {
  return before === "moving" && step.state.phase === "keeping" ? { ...step, actions: [{ do: "resume" }, ...step.actions] } : step;
}

/** A mistake in post-copy. */
export const POSTCOPY_MUTANTS: typeof MUTANTS = [
  {
    name: "who resolves takes back a guest that has run with its memory in two places",
    breaks: /./,
    protocol: {
      resolveStep: (view) =>
        view.source?.state === "given-postcopy" ? { do: "source", from: "given-postcopy", to: "kept", sentence: "" } : resolveStep(view),
    },
  },
  {
    name: "the destination says that it has all before it has",
    breaks: /let go|memory/,
    protocol: {
      nextDestination: (state, event) => {
        const step = nextDestination(state, event);
        const actions = step.actions.map(
          (action): DestinationAction =>
            action.do === "send" && action.message === "running-postcopy" ? { do: "send", message: "running" } : action,
        );
        return { ...step, actions };
      },
    },
  },
];
