import { SYSTEM_CLOCK, sleep } from "../../runtime/migration/clock.ts";
import { Incoming } from "../../runtime/migration/incoming.ts";
import { Ledger } from "../../runtime/migration/ledger.ts";
import { MigrationError } from "../../runtime/migration/migration-error.ts";
import { RamReceiver } from "../../runtime/migration/ram-receiver.ts";
import { writeStream } from "../../runtime/migration/save-file.ts";
import { StreamLoad } from "../../runtime/migration/stream-load.ts";
import { openChannel } from "../../runtime/transport/open-channel.ts";
import { EXIT, type Io, WorkError } from "../command.ts";
import { wholeNumber } from "../dirty-log/numbers.ts";
import { tellArrival } from "./destination-outcome.ts";
import { EventLines } from "./events.ts";
import { explained, failureOf } from "./explain.ts";
import { movedGuest } from "./guest.ts";
import type { Values } from "./options.ts";
import { USUAL_AFTER } from "./run-source.ts";

/** Pauses a guest and keeps it in a file, as QEMU would. Throws UsageError, InputError and WorkError. */
export async function saveFile(address: string, values: Values, io: Io): Promise<number> {
  const guest = await movedGuest(values, false);
  try {
    guest.resume();
    await sleep(SYSTEM_CLOCK, wholeNumber("after", values.after, 0, 1e9) ?? USUAL_AFTER);
    const channel = await openChannel(address, { direction: "write" });
    const { transferred, normal, duplicate } = await writeStream(guest, channel);
    const lines = new EventLines(io, "source", values.json === true, SYSTEM_CLOCK.now);
    lines.tell({ event: "outcome", status: "completed", bytes: transferred });
    if (values.json !== true)
      io.out(
        `saved: ${transferred} bytes, ${normal} ${normal === 1 ? "page" : "pages"}, ${duplicate} zero pages, ${guest.devices.length} devices\n`,
      );
    return EXIT.ok;
  } catch (error) {
    throw explained(error);
  } finally {
    await guest.stop();
  }
}

/** Bytes. */
const LARGEST_SECTION = 1 << 26;

/** Loads a guest that is kept in a file, and runs it. Throws UsageError, InputError and WorkError. */
export async function loadFile(address: string, values: Values, io: Io): Promise<number> {
  const guest = await movedGuest(values, true);
  try {
    const incoming = new Incoming(await openChannel(address, { direction: "read" }), LARGEST_SECTION);
    const ram = new RamReceiver(guest.blocks);
    const nobody = (): never => {
      throw new MigrationError(
        "bad-message",
        "destination",
        "load",
        "",
        "The file holds what a source says to a destination, beside a stream.",
      );
    };
    await new StreamLoad({ guest, ram, incoming, ledger: new Ledger(SYSTEM_CLOCK), command: () => {}, frame: nobody }).next();
    guest.resume();
    const lines = new EventLines(io, "destination", values.json === true, SYSTEM_CLOCK.now);
    await tellArrival({ status: "completed" }, guest, { lines, values, io });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof MigrationError) throw new WorkError(`The guest cannot be loaded ${failureOf(error)}`);
    throw explained(error);
  } finally {
    await guest.stop();
  }
}
