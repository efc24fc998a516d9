import type { CountedDirection, FailOn } from "../policy/fail-on.ts";
import type { Matrix, MatrixCell, MatrixGroup } from "./matrix.ts";
import { type MissingFile, requirementsOf, type WindowState } from "./requirements.ts";
import type { SupportPolicy } from "./support-policy.ts";

export interface JudgeOptions {
  /** Without one, every cell of `direction` counts. */
  readonly policy?: SupportPolicy;
  /** The day by which windows expire, as YYYY-MM-DD. */
  readonly today: string;
  /** Defaults to error. */
  readonly failOn?: FailOn;
  /** Defaults to forward: from an older build to a newer one. Has no meaning with a policy, which says it for each window. */
  readonly direction?: CountedDirection;
}

/** What of a matrix counts, and whether it holds. */
export interface MatrixGate {
  readonly failOn: FailOn;
  readonly counted: readonly CountedCell[];
  readonly windows: readonly WindowState[];
  /** What the policy wants and no file can show; each of them fails. */
  readonly missing: readonly MissingFile[];
  readonly failed: boolean;
}

export interface CountedCell {
  readonly group: MatrixGroup;
  readonly cell: MatrixCell;
  /** The machine types for which it counts; none when no input names any. */
  readonly machines: readonly string[];
  /** Places of the windows that want it, in the policy. */
  readonly windows: readonly number[];
  readonly failed: boolean;
}

/** Says which cells count, by the policy or without one, and which of them have findings at or above `failOn`. */
export function judgeMatrix(matrix: Matrix, options: JudgeOptions): MatrixGate {
  const { policy, failOn = "error", direction = "forward" } = options;
  const required = policy === undefined ? undefined : requirementsOf(matrix, policy, options.today);
  const counted = matrix.groups.flatMap((group) =>
    group.cells.flatMap((cell): CountedCell[] => {
      if (required === undefined) {
        const counts = cell.direction !== undefined && (direction === "both" || cell.direction === direction);
        return counts ? [{ group, cell, machines: group.machines, windows: [], failed: fails(cell, failOn) }] : [];
      }
      const wanted = cell.machines.filter((machine) => required.windowsOf(cell, machine).length > 0);
      const windows = [...new Set(wanted.flatMap((machine) => required.windowsOf(cell, machine)))].sort((a, b) => a - b);
      return wanted.length === 0 ? [] : [{ group, cell, machines: wanted, windows, failed: fails(cell, failOn) }];
    }),
  );
  const missing = required?.missing ?? [];
  const failed = failOn !== "never" && (missing.length > 0 || counted.some((each) => each.failed));
  return { failOn, counted, windows: required?.windows ?? [], missing, failed };
}

function fails({ findings, verdict }: MatrixCell, failOn: FailOn): boolean {
  switch (failOn) {
    case "never":
      return false;
    case "error":
      return findings.error > 0;
    case "warning":
      return findings.error + findings.warning > 0;
    case "info":
      return findings.error + findings.warning + findings.info > 0;
    case "undecided":
      return findings.error > 0 || verdict !== "compatible";
  }
}
