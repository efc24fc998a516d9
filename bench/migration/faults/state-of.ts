import type { RecordState } from "../../../runtime/migration/hand-over/record.ts";
import { RecordError } from "../../../runtime/migration/hand-over/record-error.ts";
import { readRecord } from "../../../runtime/migration/hand-over/record-folder.ts";

/** What a side's record says; undefined for one that has none yet, as a destination that nobody has greeted. */
export function stateOf(record: string): RecordState | undefined {
  try {
    return readRecord(record).state;
  } catch (error) {
    if (error instanceof RecordError && error.code === "missing") return undefined;
    throw error;
  }
}
