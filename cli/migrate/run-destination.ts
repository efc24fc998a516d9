import { SYSTEM_CLOCK } from "../../runtime/migration/clock.ts";
import { awaitMove } from "../../runtime/migration/destination/destination.ts";
import type { Told } from "../../runtime/migration/events.ts";
import { EXIT, type Io } from "../command.ts";
import { bootOfHost } from "./boot.ts";
import { listener } from "./connections.ts";
import { tellArrival } from "./destination-outcome.ts";
import { EventLines } from "./events.ts";
import { movedGuest } from "./guest.ts";
import { metadataOf } from "./metadata.ts";
import { recordOf, timeoutOf, type Values } from "./options.ts";
import { refuseRecord } from "./refuse-record.ts";
import { resolveHint } from "./resolve-hint.ts";
import { untilLeft } from "./until-left.ts";
import { whileHeard } from "./while-heard.ts";

/** Waits for a guest at the address, takes it, and says how that went. Throws UsageError, InputError and WorkError. */
export async function runDestination(address: string, values: Values, io: Io): Promise<number> {
  const record = recordOf(values);
  const timeout = timeoutOf(values);
  refuseRecord(record);
  const guest = await movedGuest(values, true);
  try {
    const metadata = metadataOf(values, guest);
    const waiting = await listener(address, values, (reason) => io.err(`${reason}\n`));
    const lines = new EventLines(io, "destination", values.json === true, SYSTEM_CLOCK.now);
    lines.begin({ listens: waiting.name, machine: guest.machine.name, profile: guest.machine.profile, record });
    if (values.json !== true) io.err(`listening at ${waiting.name}\n`);
    const { accept, left } = untilLeft(waiting.accept, timeout);
    const events = (event: Told): void => {
      lines.tell(event);
      if (event.event === "MIGRATION" && event.status === "in-doubt") io.err(resolveHint("destination", record));
    };
    const options = { guest, accept, clock: SYSTEM_CLOCK, record, boot: bootOfHost(), timeout, events };
    const destination = awaitMove({ ...options, ...(metadata === undefined ? {} : { metadata }) });
    const arrival = await whileHeard({ SIGINT: destination.cancel, SIGTERM: destination.cancel }, destination.outcome);
    await left();
    await waiting.close();
    await tellArrival(arrival, guest, { lines, values, io });
    return EXIT.ok;
  } finally {
    await guest.stop();
  }
}
