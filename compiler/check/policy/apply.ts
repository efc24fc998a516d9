import type { Report } from "../report.ts";
import { reverdict } from "../section-verdicts.ts";
import { type Notice, sortedNotices } from "./notice.ts";
import { overrideLevels } from "./override.ts";
import { decidesNothing, type Policy } from "./policy.ts";
import { suppressFindings } from "./suppress.ts";

export interface PolicyResult {
  readonly report: Report;
  readonly notices: readonly Notice[];
}

/**
 * The report as a policy sees it: levels overridden, accepted findings marked, verdicts drawn again from what is left. No finding
 * is added, dropped or moved. Pure; `today` (YYYY-MM-DD) decides what has expired. Throws nothing.
 */
export function applyPolicy(report: Report, policy: Policy, today: string): PolicyResult {
  if (decidesNothing(policy)) return { report, notices: [] };
  const overridden = overrideLevels(report.findings, policy.overrides, today);
  const { findings, suppressed, notices } = suppressFindings(overridden.findings, policy.suppress, today);
  return {
    report: { ...report, ...reverdict(report, findings), findings, suppressed: [...report.suppressed, ...suppressed] },
    notices: sortedNotices([...overridden.notices, ...notices]),
  };
}
