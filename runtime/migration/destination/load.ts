import type { Connection } from "../connection.ts";
import { loadStream } from "../load-stream.ts";
import { MigrationError } from "../migration-error.ts";
import { writePong } from "../return-path.ts";
import type { DestinationContext } from "./context.ts";

/** Loads the stream that comes on a connection, and says so in the record. Throws what ended the connection. */
export async function load(c: DestinationContext, connection: Connection): Promise<void> {
  const { guest, ram, ledger, handOver } = c;
  const { incoming, outgoing } = connection;
  c.events?.({ event: "MIGRATION", status: "active" });
  ledger.enter("receive");
  const command = (name: string, payload: Uint8Array): void => {
    if (name !== "ping") return;
    writePong(outgoing.out, new DataView(payload.buffer, payload.byteOffset).getUint32(0));
    outgoing.out.flush();
  };
  try {
    await loadStream({ guest, ram, incoming, ledger, command });
  } catch (error) {
    if (!(error instanceof MigrationError) || error.code === "connection") throw error;
    c.failure ??= error;
    await handOver?.post({ on: "failed" });
    throw error;
  }
  ledger.enter("record");
  await handOver?.post({ on: "loaded", isPostcopy: false });
}
