import { STEPS } from "./harm.ts";
import type { Fate } from "./suffer.ts";

const SHORT = { source: "s", destination: "d", "source, resolved": "S", "destination, resolved": "D", gone: "g", lost: "l" } as const;

/** A row a step and a column a fault; in a cell where the guest was in the end, and how often. */
export function renderFates(fates: readonly Fate[]): string {
  const columns = [...new Set(fates.map(({ harm }) => harm.fault))].sort();
  const rows = ["none", ...STEPS].filter((step) => fates.some(({ harm }) => harm.step === step));
  const cells = rows.map((step) => [
    step,
    ...columns.map((fault) => {
      const own = fates.filter(({ harm }) => harm.step === step && harm.fault === fault);
      const counts = Object.entries(SHORT).map(([where, short]) => ({
        short,
        n: own.filter(({ whereabouts }) => whereabouts === where).length,
      }));
      const missed = own.filter(({ isStruck, wrongs }) => !isStruck && wrongs.length === 0).length;
      const text = counts.filter(({ n }) => n > 0).map(({ short, n }) => `${n}${short}`);
      return [...text, ...(missed > 0 ? [`${missed}-`] : [])].join(" ");
    }),
  ]);
  const all = [["", ...columns], ...cells];
  const widths = all[0]?.map((_, n) => Math.max(...all.map((row) => row[n]?.length ?? 0))) ?? [];
  const lines = all.map((row) =>
    row
      .map((cell, n) => cell.padEnd(widths[n] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, LEGEND].join("\n");
}

const LEGEND =
  "Where the guest is in the end: d destination, s source, D and S there once the records were resolved, g gone with a process that was killed,\nl lost after post-copy. - of these, so many in which not all that was drawn was reached.";

/** Counts of where the guest is, the most frequent first. */
export function renderCounts(fates: readonly Fate[]): string {
  const counts = new Map<string, number>();
  for (const { whereabouts } of fates) counts.set(whereabouts, (counts.get(whereabouts) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([where, count]) => `${where} ${count}`)
    .join("; ");
}
