import type { Clock } from "../clock.ts";
import {
  DESTINATION_START,
  type DestinationAction,
  type DestinationEvent,
  type DestinationState,
  destinationAgain,
  nextDestination,
} from "./destination.ts";
import type { HandOverRecord, RecordState } from "./record.ts";
import { beginRecord, changeRecord, highestRevision, readRecord } from "./record-folder.ts";
import { nextSource, SOURCE_START, type SourceAction, type SourceEvent, type SourceState, sourceAgain } from "./source.ts";
import type { DestinationRecord, MessageToDestination, MessageToSource, Report, SourceRecord, Step } from "./states.ts";

interface Hands<Message> {
  /** Where it fails the connection is taken for lost. */
  readonly send: (message: Message) => Promise<void>;
  readonly release: () => void | Promise<void>;
  readonly report: (report: Report) => void;
  /** Takes what a hand failed with in answer to something that nobody posted: a record that somebody has changed. */
  readonly failed: (error: unknown) => void;
}

export interface SourceHands extends Hands<MessageToDestination> {
  /** Called for a guest that runs, too. */
  readonly resume: () => void | Promise<void>;
  /** Somebody has given the guest away who took this process for dead. */
  readonly pause: () => void | Promise<void>;
}

export interface DestinationHands extends Hands<MessageToSource> {
  readonly run: () => void | Promise<void>;
}

export interface Place {
  readonly folder: string;
  readonly migration: string;
  readonly clock: Clock;
  /** Every so many ms the record is looked at, as somebody else may have resolved it. */
  readonly poll?: number;
}

/** One side of a hand-over at work. */
export interface HandOver<Event, State> {
  /** Resolves when all is done that follows from it. Fails with what a hand failed with, but for `send`. */
  readonly post: (event: Event) => Promise<void>;
  readonly state: State;
  /** Looks at the record no more, and leaves it as it is. */
  readonly close: () => void;
}

/** Begins with a durable record that this side holds the guest, or goes on with the one that is there. */
export function startSource(place: Place & { readonly hands: SourceHands }): HandOver<SourceEvent, SourceState> {
  const { hands } = place;
  const { isWritten, record } = beginRecord(place.folder, { role: "source", migration: place.migration });
  return drive<SourceEvent, SourceState, SourceAction>(place, {
    record,
    // Both sides' states were looked up in the list of their role.
    first: isWritten ? { state: SOURCE_START, actions: [] } : sourceAgain(record.state as SourceRecord),
    next: nextSource,
    recordEvent: (state) => ({ on: "record", record: state as SourceRecord }),
    hands,
    act: (action) => {
      if (action.do === "resume") return hands.resume();
      if (action.do === "pause") return hands.pause();
      return action.do === "send" ? hands.send(action.message) : undefined;
    },
  });
}

/** Begins with a durable record that something may come to this side, or goes on with the one that is there. */
export function startDestination(place: Place & { readonly hands: DestinationHands }): HandOver<DestinationEvent, DestinationState> {
  const { hands } = place;
  const { isWritten, record } = beginRecord(place.folder, { role: "destination", migration: place.migration });
  return drive<DestinationEvent, DestinationState, DestinationAction>(place, {
    record,
    first: isWritten ? { state: DESTINATION_START, actions: [] } : destinationAgain(record.state as DestinationRecord),
    next: nextDestination,
    recordEvent: (state) => ({ on: "record", record: state as DestinationRecord }),
    hands,
    act: (action) => (action.do === "run" ? hands.run() : action.do === "send" ? hands.send(action.message) : undefined),
  });
}

type CommonAction =
  | { readonly do: "record"; readonly from: RecordState; readonly to: RecordState }
  | { readonly do: "release" }
  | { readonly do: "report"; readonly report: Report }
  | { readonly do: "send" }
  | { readonly do: "pause" }
  | { readonly do: "resume" }
  | { readonly do: "run" };

interface Side<Event, State, Action> {
  readonly record: HandOverRecord;
  readonly first: Step<State, Action>;
  readonly next: (state: State, event: Event) => Step<State, Action>;
  readonly recordEvent: (state: RecordState) => Event;
  readonly hands: Omit<Hands<never>, "send">;
  /** What is not common to both sides. */
  readonly act: (action: Action) => void | Promise<void>;
}

function drive<Event extends { readonly on: string }, State, Action extends CommonAction>(
  place: Place,
  side: Side<Event, State, Action>,
): HandOver<Event | { readonly on: "disconnected" | "unreadable" }, State> {
  const { folder, migration, clock, poll = 50 } = place;
  const { hands } = side;
  let state = side.first.state;
  let seen = side.record.revision;
  let isUnknown = false;
  let isClosed = false;
  let last: Promise<void> = Promise.resolve();
  let stopWaiting = (): void => {};

  /** What the record says after all, or that it says nothing. */
  function look(): Event {
    try {
      return note(readRecord(folder));
    } catch {
      isUnknown = true;
      return { on: "unreadable" } as Event;
    }
  }

  function note(record: HandOverRecord): Event {
    if (record.migration !== migration) {
      isUnknown = true;
      return { on: "unreadable" } as Event;
    }
    isUnknown = false;
    seen = record.revision;
    return side.recordEvent(record.state);
  }

  function write(from: RecordState, to: RecordState): Event {
    try {
      return note(changeRecord(folder, migration, from, to, side.record.role).record);
    } catch {
      const event = look();
      // It is told again at the next look, so that what could not be written is tried again.
      isUnknown = true;
      return event;
    }
  }

  async function carryOut(step: Step<State, Action>): Promise<void> {
    state = step.state;
    for (const action of step.actions) {
      switch (action.do) {
        case "record":
          await carryOut(side.next(state, write(action.from, action.to)));
          break;
        case "release":
          await hands.release();
          break;
        case "report":
          hands.report(action.report);
          break;
        case "send":
          try {
            await side.act(action);
          } catch {
            enqueue(() => carryOut(side.next(state, { on: "disconnected" } as Event))).catch(hands.failed);
          }
          break;
        default:
          await side.act(action);
      }
    }
  }

  function enqueue(work: () => Promise<void>): Promise<void> {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  }

  function watch(): void {
    if (isClosed) return;
    stopWaiting = clock.after(poll, () => {
      enqueue(async () => {
        if (!isClosed && (isUnknown || hasMoved())) await carryOut(side.next(state, look()));
      })
        .catch(hands.failed)
        .finally(watch);
    });
  }

  function hasMoved(): boolean {
    try {
      return highestRevision(folder) > seen;
    } catch {
      return false;
    }
  }

  enqueue(() => carryOut(side.first)).catch(hands.failed);
  watch();
  return {
    post: (event) => enqueue(() => carryOut(side.next(state, event as Event))),
    get state() {
      return state;
    },
    close: () => {
      isClosed = true;
      stopWaiting();
    },
  };
}
