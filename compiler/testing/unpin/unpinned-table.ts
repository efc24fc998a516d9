import type { Unpinned } from "./unpin-each.ts";

const HEADS = ["machine type", "property", "value", "set at", "stream", "tests that name it"];

/** What came of each property, as lines of columns. */
export function unpinnedTable(rows: readonly Unpinned[]): string {
  const cells = rows.map(({ machine, profile, property, value, at, stream, tests }) => [
    profile === undefined ? machine : `${machine} of build ${profile}`,
    property,
    JSON.stringify(value),
    at,
    stream,
    tests.join(", ") || "NONE",
  ]);
  const table = [HEADS, ...cells];
  const widths = HEADS.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
