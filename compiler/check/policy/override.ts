import type { Finding } from "../report.ts";
import type { Level } from "../rule.ts";
import type { Notice } from "./notice.ts";
import { isExpired, type RuleOverride } from "./policy.ts";

export interface Overridden {
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
}

/**
 * Gives the findings of a rule another level. A direction in which the rule found nothing stays "none", and certainty stays what
 * it is: a break that depends on a condition does so at any level.
 */
export function overrideLevels(findings: readonly Finding[], overrides: readonly RuleOverride[], today: string): Overridden {
  const levels = new Map<string, Level>();
  const notices: Notice[] = [];
  for (const override of overrides) {
    if (!isExpired(override, today)) levels.set(override.rule, override.level);
    else
      notices.push({
        kind: "expired-override",
        text: `The level '${override.level}' for rule '${override.rule}' expired on ${override.expires}.`,
      });
  }
  return {
    findings: findings.map((finding) => {
      const level = levels.get(finding.rule);
      if (level === undefined) return finding;
      const at = (found: Level): Level => (found === "none" ? found : level);
      return { ...finding, levels: { forward: at(finding.levels.forward), backward: at(finding.levels.backward) } };
    }),
    notices,
  };
}
