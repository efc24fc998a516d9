import { randomFillSync } from "node:crypto";
import type { SyntheticGuest } from "../../runtime/guest/synthetic/synthetic-guest.ts";
import { SYSTEM_CLOCK, sleep } from "../../runtime/migration/clock.ts";
import { POLICIES } from "../../runtime/migration/convergence/policies.ts";
import type { Told } from "../../runtime/migration/events.ts";
import { newMigrationId } from "../../runtime/migration/hand-over/record.ts";
import type { SourceOptions } from "../../runtime/migration/source/context.ts";
import { startMove } from "../../runtime/migration/source/source.ts";
import { EXIT, type Io } from "../command.ts";
import { wholeNumber } from "../dirty-log/numbers.ts";
import { bootOfHost } from "./boot.ts";
import { connector } from "./connections.ts";
import { EventLines } from "./events.ts";
import { orExplained } from "./explain.ts";
import { movedGuest } from "./guest.ts";
import { metadataOf } from "./metadata.ts";
import { parametersOf, policyOf, recordOf, type Values } from "./options.ts";
import { Passes } from "./passes.ts";
import { showProgress } from "./progress.ts";
import { resolveHint } from "./resolve-hint.ts";
import { tellOutcome } from "./source-outcome.ts";
import { whileHeard } from "./while-heard.ts";

/** Ms that a guest runs before it is moved: one that has done nothing is moved without a page. */
export const USUAL_AFTER = 200;

/** Runs a guest, moves it to the address, and says how that went. Throws UsageError, InputError and WorkError. */
export async function runSource(address: string, values: Values, io: Io): Promise<number> {
  const options = {
    connect: connector(address, values),
    clock: SYSTEM_CLOCK,
    parameters: parametersOf(values),
    policy: POLICIES[policyOf(values)]({}),
    record: recordOf(values),
    boot: bootOfHost(),
  };
  const after = wholeNumber("after", values.after, 0, 1e9) ?? USUAL_AFTER;
  const postcopyAfter = wholeNumber("postcopy-after", values["postcopy-after"], 0, 1e9);
  const guest = await movedGuest(values, false);
  try {
    const metadata = metadataOf(values, guest);
    guest.resume();
    await sleep(SYSTEM_CLOCK, after);
    const lines = new EventLines(io, "source", values.json === true, SYSTEM_CLOCK.now);
    return await moveAway(guest, { ...options, ...(metadata === undefined ? {} : { metadata }) }, { postcopyAfter, lines, values, io });
  } finally {
    await guest.stop();
  }
}

interface Telling {
  readonly postcopyAfter: number | undefined;
  readonly lines: EventLines;
  readonly values: Values;
  readonly io: Io;
}

async function moveAway(guest: SyntheticGuest, options: Omit<SourceOptions, "guest" | "move">, telling: Telling): Promise<number> {
  const { lines, io, postcopyAfter } = telling;
  const { record, clock } = options;
  const move = newMigrationId((bytes) => randomFillSync(bytes));
  lines.begin({ move, machine: guest.machine.name, profile: guest.machine.profile, record });
  guest.resetStall();
  const startedAt = clock.now();
  const passes = new Passes(clock.now);
  const events = (event: Told): void => {
    lines.tell(event);
    progress.tell(event);
    passes.tell(event);
    if (event.event === "MIGRATION" && event.status === "in-doubt") io.err(resolveHint("source", record));
  };
  const source = orExplained(() => startMove({ ...options, guest, move, events }));
  const progress = showProgress(io, source.query);
  const callOff = postcopyAfter === undefined ? () => {} : clock.after(postcopyAfter, source.startPostcopy);
  const outcome = await whileHeard(
    {
      SIGINT: source.cancel,
      SIGTERM: source.cancel,
      SIGUSR1: () => io.err(`${JSON.stringify(source.query())}\n`),
      SIGUSR2: source.goOn,
    },
    source.outcome,
  );
  callOff();
  progress.end();
  tellOutcome(
    outcome,
    { query: source.query(), milliseconds: clock.now() - startedAt, downtimeLimit: options.parameters.downtimeLimit, passes: passes.all },
    telling,
  );
  return EXIT.ok;
}
