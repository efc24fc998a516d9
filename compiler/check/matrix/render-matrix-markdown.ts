import { code, prose } from "../render/markdown-text.ts";
import { visible } from "../render/visible.ts";
import type { MatrixGate } from "./judge-matrix.ts";
import { HOP_CAVEAT, type Matrix, type MatrixCell, type MatrixGroup } from "./matrix.ts";
import { cellSymbol, LEGEND } from "./render-grid.ts";
import { describeState, describeWindow } from "./render-policy.ts";
import { inventory, verdictOfGate } from "./summary.ts";

/** Rows of a table of breaks; the count of the others follows. */
const MOST = 50;

/** The matrix for a pull request or a wiki page. */
export function renderMatrixMarkdown(matrix: Matrix, gate: MatrixGate): string {
  const lines = [`**${prose(verdictOfGate(gate))}**`, "", prose(inventory(matrix))];
  for (const group of matrix.groups) {
    const names = group.machines.length === 0 ? "any machine type" : group.machines.map(name).join(", ");
    lines.push("", `### ${names}`, "", ...grid(group, gate), ...breaks(group), ...windows(group), ...hops(group));
  }
  lines.push("", ...LEGEND.map((line) => `    ${line}`), ...policy(gate));
  return `${lines.join("\n")}\n`;
}

function grid(group: MatrixGroup, gate: MatrixGate): string[] {
  const counted = new Map(gate.counted.filter((each) => each.group === group).map((each) => [each.cell, each]));
  const builds = group.rows.map(({ build }) => build);
  return table(
    ["saved by \\ loaded by", ...builds.map(name)],
    builds.map((build, row) => [
      name(build),
      ...builds.map((_, column) => {
        const cell = group.cells[row * builds.length + column] as MatrixCell;
        return code(cellSymbol(cell, counted.get(cell)));
      }),
    ]),
  );
}

function breaks({ history }: MatrixGroup): string[] {
  if (history.length === 0) return [];
  const rows = history
    .slice(0, MOST)
    .map(({ since, direction, rule, path, sections }) => [
      name(since.build),
      name(direction === "forward" ? `${since.before} -> ${since.build}` : `${since.build} -> ${since.before}`),
      name(rule),
      name(path),
      String(sections.length),
    ]);
  const rest = history.length > MOST ? ["", `And ${history.length - MOST} more of ${history.length}.`] : [];
  return ["", ...table(["first broken in", "step", "rule", "path", "sections"], rows), ...rest];
}

function windows({ windows: all }: MatrixGroup): string[] {
  const rows = all
    .slice(1)
    .map(({ to, oldest, except, refused, verdict }) => [
      name(to),
      name(oldest),
      except.map(name).join(", "),
      refused.map(name).join(", "),
      verdict,
    ]);
  return rows.length === 0 ? [] : ["", ...table(["build", "loads from", "except", "refuses", "verdict"], rows)];
}

function hops({ hops: all }: MatrixGroup): string[] {
  if (all.length === 0) return [];
  const rows = all.slice(0, MOST).map(({ from, to, via, verdict }) => [name([from, ...via, to].join(" -> ")), verdict]);
  const rest = all.length > MOST ? ["", `And ${all.length - MOST} more of ${all.length}.`] : [];
  return ["", ...table(["way round", "verdict"], rows), ...rest, "", prose(HOP_CAVEAT)];
}

function policy(gate: MatrixGate): string[] {
  if (gate.windows.length === 0) return [];
  const rows = gate.windows.map((state, at) => [
    String(at + 1),
    cellText(describeWindow(state)),
    cellText(describeState(gate, state, at)),
    gate.missing
      .filter(({ window }) => window === at)
      .map(({ message }) => cellText(message))
      .join(" "),
  ]);
  return ["", "### Policy", "", ...table(["window", "wants", "result", "missing"], rows)];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function name(text: string): string {
  return escapePipes(code(visible(text)));
}

function cellText(text: string): string {
  return escapePipes(prose(visible(text)));
}

/** A bar ends a table's cell even inside a code span. */
function escapePipes(text: string): string {
  return text.replaceAll("|", "\\|");
}
