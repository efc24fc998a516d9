import type { SyntheticGuest } from "../../runtime/guest/synthetic/synthetic-guest.ts";
import { SYSTEM_CLOCK, sleep } from "../../runtime/migration/clock.ts";
import type { Arrival } from "../../runtime/migration/destination/destination.ts";
import { type Io, WorkError } from "../command.ts";
import type { EventLines } from "./events.ts";
import { failureOf } from "./explain.ts";

/** Ms that a guest runs here before its memory is looked at. */
const RUNS = 50;

interface Telling {
  readonly lines: EventLines;
  readonly values: { readonly json?: boolean | undefined; readonly verify?: boolean | undefined };
  readonly io: Io;
}

/** The last event line, or a short account. Throws WorkError for a guest that is not here, and for one whose memory is damaged. */
export async function tellArrival({ status, error }: Arrival, guest: SyntheticGuest, { lines, values, io }: Telling): Promise<void> {
  const { code, phase, path, message } = error ?? {};
  const verdict = status === "completed" && values.verify === true ? await verdictOf(guest) : undefined;
  lines.tell({
    event: "outcome",
    status,
    ...(error === undefined ? {} : { error: { code, phase, path, message } }),
    ...(verdict === undefined ? {} : { verdict }),
  });
  if (status !== "completed") throw new WorkError(`The guest ${ENDS[status]}${error === undefined ? "." : ` ${failureOf(error)}`}`);
  if (verdict !== undefined && (verdict.badPages > 0 || verdict.lostWrites > 0n))
    throw new WorkError(`The guest has arrived damaged: ${verdict.badPages} bad pages, ${verdict.lostWrites} lost writes.`);
  if (values.json === true) return;
  io.out("arrived: the guest runs here\n");
  if (verdict === undefined) return;
  io.out(`its memory: ${verdict.pages} pages, none of them bad, no write lost\n`);
  io.out(`the longest that it stood still, by its own count: ${verdict.largestGapMs.toFixed(1)} ms\n`);
}

async function verdictOf(
  guest: SyntheticGuest,
): Promise<Omit<ReturnType<SyntheticGuest["verify"]>, "bad"> & { readonly largestGapMs: number }> {
  await sleep(SYSTEM_CLOCK, RUNS);
  await guest.pause();
  const { pages, badPages, lostWrites } = guest.verify();
  return { pages, badPages, lostWrites, largestGapMs: guest.stall().largestGapMs };
}

const ENDS = {
  failed: "did not arrive,",
  halted: "is here and paused,",
  lost: "ran here before all of its memory had come, and is lost,",
};
