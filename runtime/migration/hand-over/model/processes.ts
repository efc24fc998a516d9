import type { DestinationAction, DestinationEvent } from "../destination.ts";
import type { SourceAction, SourceEvent } from "../source.ts";
import type { DestinationRecord, SourceRecord } from "../states.ts";
import type { Protocol } from "./protocol.ts";
import type { DestinationProcess, Shared, SourceProcess, World } from "./world.ts";

/** An action that a rule forbids where it is taken: the rule, as a state alone does not always show that it was broken. */
export interface Moved {
  readonly label: string;
  readonly world: World;
  readonly broken?: string;
}

/** What the source may do next, and what may happen to it. Nothing but `source` and `shared` is looked at or changed. */
export function moveSource(protocol: Protocol, world: World): Moved[] {
  const { source, shared } = world;
  const moves: Moved[] = [];
  if (!source.isAlive) {
    const again = protocol.sourceAgain(shared.sourceRecord);
    const process = { isAlive: true, machine: again.state, pending: again.actions, guest: undefined, known: shared.sourceRecord };
    return [{ label: "source: starts again", world: { ...world, source: process } }];
  }
  const dead: SourceProcess = { ...source, isAlive: false, pending: [], guest: undefined, known: undefined, machine: DEAD_SOURCE };
  moves.push({ label: "source: dies", world: { ...world, source: dead } });
  if (source.pending.length > 0) return [...moves, ...actSource(protocol, world)];
  const on = (event: SourceEvent): void => {
    moves.push({ label: `source: ${labelOf(event)}`, world: { ...world, source: tellSource(protocol, source, event) } });
  };
  for (const message of shared.toSource) on({ on: "message", message });
  for (const happens of ["connected", "disconnected", "timeout", "failed"] as const) on({ on: happens });
  if (source.known !== shared.sourceRecord) on({ on: "record", record: shared.sourceRecord });
  if (source.machine.phase === "moving" && source.guest === "running") {
    const paused = { ...source, guest: "paused" as const };
    moves.push({ label: "source: pauses and sends all", world: { ...world, source: paused, shared: { ...shared, isCopySent: true } } });
  }
  return moves;
}

/** The same for the destination; of the source it matters whether it has memory that could still come. */
export function moveDestination(protocol: Protocol, world: World, isPostcopy: boolean): Moved[] {
  const { destination, shared } = world;
  const moves: Moved[] = [];
  if (!destination.isAlive) {
    const again = protocol.destinationAgain(shared.destinationRecord);
    const process = { isAlive: true, machine: again.state, pending: again.actions, guest: undefined, known: shared.destinationRecord };
    return [{ label: "destination: starts again", world: { ...world, destination: process } }];
  }
  const dead: DestinationProcess = {
    ...destination,
    isAlive: false,
    pending: [],
    guest: undefined,
    known: undefined,
    machine: DEAD_DESTINATION,
  };
  moves.push({ label: "destination: dies", world: { ...world, destination: dead } });
  if (destination.pending.length > 0) return [...moves, ...actDestination(protocol, world)];
  const on = (event: DestinationEvent, guest = destination.guest): void => {
    const told = { ...tellDestination(protocol, destination, event), guest };
    moves.push({ label: `destination: ${labelOf(event)}`, world: { ...world, destination: told } });
  };
  for (const message of shared.toDestination) on({ on: "message", message });
  for (const happens of ["connected", "disconnected", "timeout", "failed"] as const) on({ on: happens });
  if (destination.known !== shared.destinationRecord) on({ on: "record", record: shared.destinationRecord });
  if (shared.isCopySent && destination.machine.phase === "loading" && destination.guest === "loading")
    on({ on: "loaded", isPostcopy }, "paused");
  if (destination.machine.phase === "running-postcopy" && world.source.guest !== undefined) on({ on: "complete" });
  return moves;
}

const DEAD_SOURCE = { phase: "empty", hasMemory: false } as const;
const DEAD_DESTINATION = { phase: "died", isPostcopy: false, hasMemory: false } as const;

function actSource(protocol: Protocol, world: World): Moved[] {
  const [action, ...rest] = world.source.pending as [SourceAction, ...SourceAction[]];
  const source = { ...world.source, pending: rest };
  const { shared } = world;
  const label = `source: ${JSON.stringify(action)}`;
  switch (action.do) {
    case "record": {
      const isChanged = protocol.isChanged(action.from, shared.sourceRecord);
      const record = isChanged ? action.to : shared.sourceRecord;
      const wrote = { ...world, shared: changeSource(shared, record), source: tellSource(protocol, source, { on: "record", record }) };
      return [{ label, world: wrote }, ...(shared.faults > 0 ? failSource(protocol, { ...world, source }, record) : [])];
    }
    case "send": {
      const toDestination = [...new Set([...shared.toDestination, action.message])].sort();
      const broken = action.message === "grant" && !shared.wasGiven ? "a grant was sent before 'given' was durable" : undefined;
      return [said(label, { ...world, source, shared: { ...shared, toDestination } }, broken)];
    }
    case "resume": {
      const isRun = source.guest !== undefined;
      const broken =
        isRun && source.guest === "paused" && shared.isSourceOld && !shared.wasWordGiven
          ? "the source ran what is older than the guest"
          : undefined;
      const isOld = shared.isCopyOld || (isRun && shared.isCopySent);
      return [
        said(
          label,
          { ...world, source: { ...source, guest: isRun ? "running" : undefined }, shared: { ...shared, isCopyOld: isOld } },
          broken,
        ),
      ];
    }
    case "pause":
      return [{ label, world: { ...world, source: { ...source, guest: source.guest === undefined ? undefined : "paused" } } }];
    case "release": {
      const broken = !shared.wasTaken
        ? "the source let go of a guest that the destination never took"
        : shared.destinationRecord === "holds-postcopy"
          ? "the source let go of memory that the destination has not got yet"
          : undefined;
      return [said(label, { ...world, source: { ...source, guest: undefined } }, broken)];
    }
    case "report":
      return [{ label, world: { ...world, source } }];
  }
}

function actDestination(protocol: Protocol, world: World): Moved[] {
  const [action, ...rest] = world.destination.pending as [DestinationAction, ...DestinationAction[]];
  const destination = { ...world.destination, pending: rest };
  const { shared } = world;
  const label = `destination: ${JSON.stringify(action)}`;
  switch (action.do) {
    case "record": {
      const isChanged = protocol.isChanged(action.from, shared.destinationRecord);
      const record = isChanged ? action.to : shared.destinationRecord;
      const told = tellDestination(protocol, destination, { on: "record", record });
      const wrote = { ...world, shared: changeDestination(shared, record), destination: told };
      return [{ label, world: wrote }, ...(shared.faults > 0 ? failDestination(protocol, { ...world, destination }, record) : [])];
    }
    case "send": {
      const toSource = [...new Set([...shared.toSource, action.message])].sort();
      const isFalse = action.message === "abort" && shared.destinationRecord !== "void";
      return [
        said(
          label,
          { ...world, destination, shared: { ...shared, toSource } },
          isFalse ? "an abort was sent that the record does not back" : undefined,
        ),
      ];
    }
    case "run": {
      const broken =
        destination.guest !== "paused"
          ? "the destination ran what it has no memory of"
          : shared.isCopyOld && !shared.wasWordGiven && !shared.wasFault
            ? "the destination ran what is older than the guest"
            : undefined;
      return [
        said(label, { ...world, destination: { ...destination, guest: "running" }, shared: { ...shared, isSourceOld: true } }, broken),
      ];
    }
    case "release":
      return [{ label, world: { ...world, destination: { ...destination, guest: undefined } } }];
    case "report":
      return [{ label, world: { ...world, destination } }];
  }
}

/** The disk fails: nothing was written; or nobody can say whether it was. */
function failSource(protocol: Protocol, world: World, record: SourceRecord): Moved[] {
  const shared = { ...world.shared, faults: world.shared.faults - 1, wasFault: true };
  const unwritten = { ...tellSource(protocol, world.source, { on: "record", record: shared.sourceRecord }), known: undefined };
  const unknown = tellSource(protocol, world.source, { on: "unreadable" });
  return [
    { label: "source: its record is not written", world: { ...world, shared, source: unwritten } },
    { label: "source: its record cannot be read, and was not written", world: { ...world, shared, source: unknown } },
    {
      label: "source: its record cannot be read, and was written",
      world: { ...world, shared: changeSource(shared, record), source: unknown },
    },
  ];
}

function failDestination(protocol: Protocol, world: World, record: DestinationRecord): Moved[] {
  const shared = { ...world.shared, faults: world.shared.faults - 1, wasFault: true };
  const unwritten = {
    ...tellDestination(protocol, world.destination, { on: "record", record: shared.destinationRecord }),
    known: undefined,
  };
  const unknown = tellDestination(protocol, world.destination, { on: "unreadable" });
  return [
    { label: "destination: its record is not written", world: { ...world, shared, destination: unwritten } },
    { label: "destination: its record cannot be read, and was not written", world: { ...world, shared, destination: unknown } },
    {
      label: "destination: its record cannot be read, and was written",
      world: { ...world, shared: changeDestination(shared, record), destination: unknown },
    },
  ];
}

export function changeSource(shared: Shared, sourceRecord: SourceRecord): Shared {
  return { ...shared, sourceRecord, wasGiven: shared.wasGiven || sourceRecord === "given" };
}

export function changeDestination(shared: Shared, destinationRecord: DestinationRecord): Shared {
  const isTaken = destinationRecord === "holds" || destinationRecord === "holds-postcopy";
  return { ...shared, destinationRecord, wasTaken: shared.wasTaken || isTaken };
}

export function tellSource(protocol: Protocol, process: SourceProcess, event: SourceEvent): SourceProcess {
  const step = protocol.nextSource(process.machine, event);
  const known = event.on === "record" ? event.record : event.on === "unreadable" ? undefined : process.known;
  return { ...process, machine: step.state, pending: [...step.actions, ...process.pending], known };
}

export function tellDestination(protocol: Protocol, process: DestinationProcess, event: DestinationEvent): DestinationProcess {
  const step = protocol.nextDestination(process.machine, event);
  const known = event.on === "record" ? event.record : event.on === "unreadable" ? undefined : process.known;
  return { ...process, machine: step.state, pending: [...step.actions, ...process.pending], known };
}

function said(label: string, world: World, broken: string | undefined): Moved {
  return broken === undefined ? { label, world } : { label, world, broken };
}

function labelOf(event: SourceEvent | DestinationEvent): string {
  if (event.on === "message") return `hears ${event.message}`;
  return event.on === "record" ? `sees ${event.record}` : event.on;
}
