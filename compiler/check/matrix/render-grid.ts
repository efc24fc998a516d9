import type { Verdict } from "../report.ts";
import type { CountedCell } from "./judge-matrix.ts";
import type { MatrixCell, MatrixGroup } from "./matrix.ts";

const SYMBOLS: Readonly<Record<Verdict, string>> = { compatible: "ok", unknown: "?", depends: "~", incompatible: "X" };

export const LEGEND = [
  "ok compatible      ?  metadata cannot decide      ~ a condition decides",
  "Xn n errors        =  the same on both sides      * counts      ! fails",
] as const;

/** Names longer than this do not head a column; the columns are then numbered. */
const MOST_HEADER = 8;
const GAP = "  ";

/** One cell in a few characters: the verdict, the errors, whether both sides are the same, and whether it counts. */
export function cellSymbol(cell: MatrixCell, counted: CountedCell | undefined): string {
  const errors = cell.verdict === "incompatible" ? String(cell.findings.error) : "";
  const mark = counted === undefined ? "" : counted.failed ? "!" : "*";
  return `${SYMBOLS[cell.verdict]}${errors}${cell.sameSchema ? "=" : ""}${mark}`;
}

/** A row saves, a column loads. As many columns side by side as there is room for; the others follow in blocks of their own. */
export function renderGrid(group: MatrixGroup, countedOf: (cell: MatrixCell) => CountedCell | undefined, columns: number): string[] {
  const builds = group.rows.map(({ build }) => build);
  const numbered = builds.some((build) => build.length > MOST_HEADER);
  const heads = builds.map((build, at) => (numbered ? `#${at + 1}` : build));
  const labels = builds.map((build, at) => (numbered ? `${`#${at + 1}`.padEnd(String(builds.length).length + 2)}${build}` : build));
  const symbols = builds.map((_, row) =>
    builds.map((__, column) => {
      const cell = group.cells[row * builds.length + column] as MatrixCell;
      return cellSymbol(cell, countedOf(cell));
    }),
  );
  const corner = "saved by";
  const labelWidth = Math.max(corner.length, ...labels.map((label) => label.length));
  const width = Math.max(...heads.map((head) => head.length), ...symbols.flat().map((symbol) => symbol.length));
  const fit = Math.max(1, Math.floor((columns - 2 - labelWidth) / (GAP.length + width)));
  const lines: string[] = [];
  for (let first = 0; first < builds.length; first += fit) {
    const line = (label: string, cells: readonly string[]): string =>
      `  ${[label.padEnd(labelWidth), ...cells.slice(first, first + fit).map((cell) => cell.padEnd(width))].join(GAP)}`.trimEnd();
    if (first > 0) lines.push("");
    lines.push(`  ${" ".repeat(labelWidth)}${GAP}loaded by`, line(corner, heads));
    for (const [row, label] of labels.entries()) lines.push(line(label, symbols[row] ?? []));
  }
  return lines;
}
