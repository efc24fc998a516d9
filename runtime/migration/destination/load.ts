import type { Window } from "../../stream/window.ts";
import type { Connection } from "../connection.ts";
import { readFrame } from "../frames.ts";
import { MigrationError } from "../migration-error.ts";
import { writePong } from "../return-path.ts";
import { type Stop, StreamLoad } from "../stream-load.ts";
import type { DestinationContext } from "./context.ts";
import { hear, MESSAGES } from "./hear.ts";
import { discard, end, runWithoutRest } from "./postcopy.ts";

/** Loads the stream that comes on a connection, and says so in the record. Throws what ended the connection. */
export async function load(c: DestinationContext, connection: Connection, isContinued = false): Promise<void> {
  const { guest, ram, ledger, handOver } = c;
  const { incoming, outgoing } = connection;
  const command = (name: string, payload: Uint8Array): void => {
    if (name === "postcopy-ram-discard") discard(c, payload);
    if (name !== "ping") return;
    writePong(outgoing.out, new DataView(payload.buffer, payload.byteOffset).getUint32(0));
    outgoing.out.flush();
  };
  const frame = (window: Window): void => void hear(c, readFrame(window, MESSAGES));
  const stream = new StreamLoad({ guest, ram, incoming, ledger, command, frame, isContinued });
  if (!isContinued) {
    c.events?.({ event: "MIGRATION", status: "active" });
    ledger.enter("receive");
  }
  const stopWatching = watch(c, connection);
  try {
    const stop = isContinued ? "run" : await nextStop(c, stream);
    if (stop === "run") {
      if (!isContinued) await runWithoutRest(c);
      await nextStop(c, stream);
      return await end(c);
    }
  } catch (error) {
    if (!(error instanceof MigrationError) || error.code === "connection") throw error;
    c.failure ??= error;
    await handOver?.post({ on: "failed" });
    throw error;
  } finally {
    stopWatching();
  }
  ledger.enter("record");
  await handOver?.post({ on: "loaded", isPostcopy: false });
}

/** Where further connections have to come as far first, they are waited for. */
async function nextStop({ channels }: DestinationContext, stream: StreamLoad): Promise<Stop> {
  for (;;) {
    const stop = await stream.next();
    if (stop !== "flush") return stop;
    await channels.flush();
  }
}

/** A source has always something to say: one that is silent is gone, even where the connection does not tell. */
function watch({ clock, timeout }: DestinationContext, { incoming, channel }: Connection): () => void {
  let before = -1;
  let callOff = (): void => {};
  const look = (): void => {
    const { base, end } = incoming.window;
    if (base + end === before) channel.destroy();
    else callOff = clock.after(timeout, look);
    before = base + end;
  };
  look();
  return () => callOff();
}
