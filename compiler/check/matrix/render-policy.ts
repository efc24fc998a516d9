import { plural } from "../render/counts.ts";
import { wrapProse } from "../render/wrap.ts";
import type { MatrixGate } from "./judge-matrix.ts";
import type { WindowState } from "./requirements.ts";

/** What the policy wants, window by window, and what of it the files at hand cannot show. Nothing without a policy. */
export function renderPolicy(gate: MatrixGate, columns: number): string[] {
  if (gate.windows.length === 0) return [];
  return [
    "",
    "policy",
    ...gate.windows.flatMap((state, at) => [
      ...wrapProse(`${at + 1}. ${describeWindow(state)}`, columns, { first: "  ", rest: "     " }),
      ...wrapProse(describeState(gate, state, at), columns, { first: "     ", rest: "     " }),
      ...gate.missing
        .filter(({ window }) => window === at)
        .flatMap(({ message }) => wrapProse(`missing: ${message}`, columns, { first: "     ", rest: "     " })),
    ]),
  ];
}

export function describeWindow({ window }: WindowState): string {
  const arrow = window.direction === "both" ? "and back, " : "";
  const until = window.until === undefined ? "" : `, until ${window.until}`;
  const reason = window.reason === undefined ? "" : ` (${window.reason})`;
  return `${window.from.join(", ")} to ${window.to.join(", ")}, ${arrow}${window.machines.join(", ")}${until}${reason}`;
}

export function describeState({ counted }: MatrixGate, { window, expired }: WindowState, at: number): string {
  if (expired) return `expired on ${window.until}; it does not count any more`;
  const cells = counted.filter(({ windows }) => windows.includes(at));
  const failed = cells.filter((each) => each.failed);
  if (failed.length === 0) return `${plural(cells.length, "cell")}, none fails`;
  return `failing: ${failed.length} of ${plural(cells.length, "cell")}: ${failed.map(({ cell }) => `${cell.from} -> ${cell.to}`).join(", ")}`;
}
