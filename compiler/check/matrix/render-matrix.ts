import { visible } from "../render/visible.ts";
import { wrapNames, wrapProse } from "../render/wrap.ts";
import type { MatrixGate } from "./judge-matrix.ts";
import { type Break, HOP_CAVEAT, type Hop, type Matrix, type MatrixGroup, type SourceWindow } from "./matrix.ts";
import { LEGEND, renderGrid } from "./render-grid.ts";
import { renderPolicy } from "./render-policy.ts";
import { inventory, verdictOfGate } from "./summary.ts";

export interface RenderMatrixOptions {
  /** Width to wrap at. Defaults to 80. */
  readonly columns?: number;
}

/** Lists are cut here, with a count of what is left: the JSON form has all. */
const MOST = 20;
const ITEM = { first: "    ", rest: "      " };
const WORDS: Readonly<Record<string, string>> = {
  compatible: "compatible",
  unknown: "metadata cannot decide",
  depends: "a condition decides",
};

/** The matrix for a reader: the verdict, a grid for each group of machine types, then breaks, source windows and hops. */
export function renderMatrix(matrix: Matrix, gate: MatrixGate, { columns = 80 }: RenderMatrixOptions = {}): string {
  const lines = [verdictOfGate(gate), ...wrapProse(inventory(matrix), columns, { first: "", rest: "" })];
  for (const group of matrix.groups) {
    const counted = new Map(gate.counted.filter((each) => each.group === group).map((each) => [each.cell, each]));
    lines.push(
      "",
      ...wrapProse(group.machines.length === 0 ? "any machine type" : group.machines.join(", "), columns, { first: "", rest: "  " }),
    );
    lines.push(...renderGrid(group, (cell) => counted.get(cell), columns));
    lines.push(...assumptions(group, columns), ...breaks(group, columns), ...windows(group, columns), ...hops(group, columns));
  }
  lines.push("", ...LEGEND, ...renderPolicy(gate, columns));
  return `${lines.map(visible).join("\n")}\n`;
}

function assumptions({ rows }: MatrixGroup, columns: number): string[] {
  return rows.flatMap(({ build, assumed }) =>
    assumed.length === 0 ? [] : wrapNames(`${build} is taken with its other metadata for`, assumed, columns, { first: "  ", rest: "    " }),
  );
}

function breaks({ history, rows }: MatrixGroup, columns: number): string[] {
  const lines: string[] = [];
  for (const { build } of rows) {
    for (const direction of ["forward", "backward"] as const) {
      const found = history.filter((each) => each.since.build === build && each.direction === direction);
      const [first] = found;
      if (first === undefined) continue;
      const what = direction === "forward" ? "older state no longer loads" : "its state no longer loads in older builds";
      lines.push("", ...wrapProse(`first broken in ${build}: ${what}`, columns, { first: "  ", rest: "    " }));
      lines.push(...capped(found, (each) => describeBreak(each, columns)));
    }
  }
  return lines;
}

function describeBreak({ rule, path, sections, since, direction }: Break, columns: number): string[] {
  const step = direction === "forward" ? `${since.before} -> ${since.build}` : `${since.build} -> ${since.before}`;
  const named = sections.length > 4 ? [...sections.slice(0, 3), `and ${sections.length - 3} more`] : sections;
  const lines = wrapProse(`${step}${since.adjacent ? "" : " (no single step)"}  ${rule}  ${path}`, columns, {
    first: "    ",
    rest: "      ",
  });
  return named.length === 0 ? lines : [...lines, ...wrapNames("in", named, columns, { first: "      ", rest: "      " })];
}

function windows({ windows: all }: MatrixGroup, columns: number): string[] {
  const told = all.slice(1);
  if (told.length === 0) return [];
  return [
    "",
    "  oldest state that still loads",
    ...capped([...told].reverse(), (window) => wrapProse(describeWindow(window), columns, ITEM)),
  ];
}

function describeWindow({ to, oldest, except, refused, verdict }: SourceWindow): string {
  const holes = except.length === 0 ? "" : ` except ${except.join(", ")}`;
  const older = refused.length === 0 ? "" : `; refuses ${refused.join(", ")}`;
  return `${to} loads ${oldest === to ? "only its own" : `from ${oldest} on${holes}`} (${WORDS[verdict] ?? verdict})${older}`;
}

function hops({ hops: all }: MatrixGroup, columns: number): string[] {
  if (all.length === 0) return [];
  const chain = ({ from, to, via, verdict }: Hop): string[] =>
    wrapProse(`${[from, ...via, to].join(" -> ")} (${WORDS[verdict] ?? verdict})`, columns, ITEM);
  return [
    "",
    "  ways round what is incompatible",
    ...capped(all, chain),
    ...wrapProse(HOP_CAVEAT, columns, { first: "    ", rest: "    " }),
  ];
}

function capped<T>(items: readonly T[], describe: (item: T) => string[]): string[] {
  const lines = items.slice(0, MOST).flatMap(describe);
  return items.length > MOST ? [...lines, `    and ${items.length - MOST} more of ${items.length}; --format json lists all`] : lines;
}
