import type { Slowing } from "../../runtime/migration/convergence/policy.ts";
import type { Told } from "../../runtime/migration/events.ts";
import type { Io } from "../command.ts";
import { slowingText } from "./slowing-text.ts";

const EVERY_MS = 200;
const CELLS = 20;
const MIB = 1 << 20;

/** What of a source's `query()` a line shows. */
interface Now {
  readonly status: string;
  readonly ram: { readonly remaining: number; readonly total: number; readonly mbps: number };
}

/** How far a move is, in one line that is written over, on a terminal; a pipe gets nothing. */
export function showProgress(
  io: Io,
  query: () => Readonly<Record<string, unknown>>,
): { readonly tell: (event: Told) => void; readonly end: () => void } {
  if (io.showsProgress !== true) return { tell: () => {}, end: () => {} };
  let pass = 1;
  let slowing: Slowing = { by: "nothing" };
  const timer = setInterval(() => io.err(`\r${lineOf(query() as unknown as Now, pass, slowing)}\x1b[K`), EVERY_MS);
  return {
    tell: (event) => {
      if (event.event === "MIGRATION_PASS") pass = event.pass;
      if (event.event === "slowing") slowing = event.slowing;
      if (event.event === "STOP") slowing = { by: "nothing" };
    },
    end: () => {
      clearInterval(timer);
      io.err("\r\x1b[K");
    },
  };
}

function lineOf({ status, ram }: Now, pass: number, slowing: Slowing): string {
  const { remaining, total, mbps } = ram;
  const full = total === 0 ? CELLS : Math.round((CELLS * (total - remaining)) / total);
  const bar = `[${"=".repeat(full)}${" ".repeat(CELLS - full)}]`;
  const mib = (bytes: number): string => (bytes / MIB).toFixed(0);
  return `${status} ${bar} pass ${pass}, ${mib(remaining)} of ${mib(total)} MiB left${mbps === 0 ? "" : `, ${mib(mbps * 125_000)} MiB/s`}${slowing.by === "nothing" ? "" : `, ${slowingText(slowing)}`}`;
}
