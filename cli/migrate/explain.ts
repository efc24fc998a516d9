import { RecordError } from "../../runtime/migration/hand-over/record-error.ts";
import type { MigrationError } from "../../runtime/migration/migration-error.ts";
import { parseAddress } from "../../runtime/transport/address.ts";
import { ChannelError } from "../../runtime/transport/channel.ts";
import { UsageError, WorkError } from "../command.ts";

/** An address or an option that cannot be is the user's to mend; a connection that is not to be had is the world's. */
export function explained(error: unknown): unknown {
  if (!(error instanceof ChannelError)) return error;
  return error.code === "usage" ? new UsageError(error.message) : new WorkError(error.message);
}

/** Whether nobody is at the other end, and what comes is kept. Throws UsageError for what is no address. */
export function isFile(address: string): boolean {
  try {
    return parseAddress(address).kind === "file";
  } catch (error) {
    throw explained(error);
  }
}

/** Where it went wrong and why, in one sentence. */
export function failureOf({ phase, path, message }: MigrationError): string {
  return `in phase '${phase}'${path === "" ? "" : `, at ${path}`}: ${message}`;
}

/** Throws UsageError for parameters that do not go together, and WorkError for a record that does not let the move begin. */
export function orExplained<T>(begin: () => T): T {
  try {
    return begin();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw recordExplained(error);
  }
}

/** What is wrong with a record, or with the place that it is to be in. */
function recordExplained(error: unknown): unknown {
  return error instanceof RecordError ? new WorkError(`${error.path}: ${error.message}`) : error;
}
