import type { Outcome } from "../../runtime/migration/source/source.ts";
import { type Io, WorkError } from "../command.ts";
import type { EventLines } from "./events.ts";
import { failureOf } from "./explain.ts";
import { type Pass, renderPasses } from "./passes.ts";
import { pauseRows, renderPause } from "./pause-table.ts";

const MIB = 1 << 20;

/** What a source knows of its move at its end. */
interface Facts {
  readonly query: Readonly<Record<string, unknown>>;
  readonly milliseconds: number;
  readonly downtimeLimit: number;
  readonly passes: readonly Pass[];
}

/** The last event line, or a short account. Throws WorkError for a guest that was not moved. */
export function tellOutcome(
  { status, error, pause }: Outcome,
  { query, milliseconds, downtimeLimit, passes }: Facts,
  { lines, values, io }: { readonly lines: EventLines; readonly values: { readonly json?: boolean | undefined }; readonly io: Io },
): void {
  const { code, phase, path, message } = error ?? {};
  lines.tell({
    event: "outcome",
    status,
    ...(error === undefined ? {} : { error: { code, phase, path, message } }),
    milliseconds,
    ...(pause === undefined ? {} : { pause: { milliseconds: pause.milliseconds, rows: pauseRows(pause.spans) } }),
    query,
  });
  if (status !== "completed")
    throw new WorkError(`The move ${ENDS[status]}${error === undefined ? "." : ` ${failureOf(error)}`} ${WHERE[status]}`);
  if (values.json === true) return;
  const { transferred } = query.ram as { readonly transferred: number };
  const length = pause === undefined ? "" : `, paused for ${pause.milliseconds.toFixed(1)} ms of at most ${downtimeLimit}`;
  const sent = `${(transferred / MIB).toFixed(1)} MiB in ${passes.length} ${passes.length === 1 ? "pass" : "passes"}`;
  io.out(`completed in ${(milliseconds / 1000).toFixed(2)} s${length}: ${sent}\n\n${renderPasses(passes)}`);
  if (pause !== undefined) io.out(`\n${renderPause(pauseRows(pause.spans))}`);
}

const ENDS = { failed: "failed", cancelled: "was cancelled", halted: "failed", lost: "has lost the guest" };

/** What became of the guest: each sentence is whole, as it is what matters most. */
const WHERE = {
  failed: "The guest runs on here, at the source.",
  cancelled: "The guest runs on here, at the source.",
  halted: "The guest is paused here: nobody may run it before its records are resolved.",
  lost: "The guest ran at the destination before all of its memory was there, and is lost.",
};
