import { livenessOf } from "../../runtime/migration/hand-over/process-identity.ts";
import { isOver } from "../../runtime/migration/hand-over/record.ts";
import { RecordError } from "../../runtime/migration/hand-over/record-error.ts";
import { readRecord } from "../../runtime/migration/hand-over/record-folder.ts";
import { WorkError } from "../command.ts";

/** A destination finds out that its record is another move's only when a source comes: so it is looked at before. Throws WorkError. */
export function refuseRecord(folder: string): void {
  try {
    const { role, state, process, host } = readRecord(folder);
    if (role !== "destination") throw new WorkError(`${folder}: The hand-over record is that of a ${role}.`);
    if (isOver(state) || (livenessOf(process) === "dead" && state === "loading")) return;
    throw new WorkError(
      state === "ready" || state === "granted" || state === "holds-postcopy"
        ? `${folder}: The destination's record says '${state}': that migration has to be resolved first.`
        : `${folder}: Process ${process.pid} on ${host} has what that record is about, or may have it.`,
    );
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    if (error.code !== "missing") throw new WorkError(`${error.path}: ${error.message}`);
  }
}
