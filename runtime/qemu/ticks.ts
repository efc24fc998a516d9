import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { QemuError } from "./qemu-error.ts";
import type { QemuProcess } from "./qemu-process.ts";
import type { Limit } from "./qmp-client.ts";

/** How often the files are looked at, in ms. */
const LOOK_MS = 20;

/** What a ticking guest wrote on its serial port. */
export interface Ticks {
  /** The counters of the whole lines, in order. */
  readonly counters: readonly number[];
  /** What is wrong with them, one sentence; `undefined` when each follows the one before. */
  readonly fault: string | undefined;
}

/**
 * Reads the text of a ticking guest. For a guest that moved, it is the source's text with the destination's behind it: a line that the
 * source began goes on at the destination, so that not one character may be missing or doubled.
 */
export function readTicks(text: string): Ticks {
  const lines = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .slice(0, -1);
  // A BIOS may have had its say before the guest.
  const first = lines.indexOf("0001");
  const counters: number[] = [];
  for (const line of first < 0 ? [] : lines.slice(first)) {
    const last = counters.at(-1) ?? 0;
    if (/^[0-9A-F]{4}!$/.test(line))
      return { counters, fault: `After tick ${last} a page of the guest holds something else than it wrote.` };
    if (line !== hex(last + 1)) return { counters, fault: `After tick ${last} (${hex(last)}) comes '${line}'.` };
    counters.push(last + 1);
  }
  return { counters, fault: undefined };
}

/**
 * Waits until a guest has ticked so often. `files` are what its serial ports wrote, at one host after the other; `qemu` is where it runs.
 * Throws a `QemuError` when a tick is wrong, when they do not come within the limit (60 s unless told otherwise), and when `qemu` dies.
 */
export async function ticksReach(
  files: readonly string[],
  count: number,
  qemu: QemuProcess,
  { limitMs = 60_000 }: Limit = {},
): Promise<readonly number[]> {
  for (const end = performance.now() + limitMs; ; await sleep(LOOK_MS)) {
    const { counters, fault } = readTicks(files.map((file) => (existsSync(file) ? readFileSync(file, "latin1") : "")).join(""));
    if (fault !== undefined) throw new QemuError("guest", fault, qemu.facts());
    if (counters.length >= count) return counters;
    const { status } = await qemu.execute("query-status");
    if (performance.now() < end) continue;
    throw new QemuError(
      "guest",
      `The guest has ticked ${counters.length} of ${count} times in ${limitMs} ms; it is ${status}.`,
      qemu.facts(),
    );
  }
}

/** The counter as the guest writes it: it has 16 bits. */
function hex(counter: number): string {
  return (counter & 0xffff).toString(16).toUpperCase().padStart(4, "0");
}
