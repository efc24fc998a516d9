import type { Finding, SuppressedFinding } from "../report.ts";
import { matchesGlob } from "./glob.ts";
import { type Notice, sortedNotices } from "./notice.ts";
import { isExpired, type Suppression } from "./policy.ts";

export interface Suppressed {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly notices: readonly Notice[];
}

/**
 * Marks the findings that are accepted. Each finding is looked at alone, so accepting one changes no other, and the order of the
 * entries means nothing. An entry that has expired accepts nothing: what it covered counts again.
 */
export function suppressFindings(findings: readonly Finding[], entries: readonly Suppression[], today: string): Suppressed {
  const notices: Notice[] = [];
  const reasons = new Map<string, Suppression>();
  for (const entry of entries) {
    const covered = findings.filter((finding) => covers(entry, finding));
    if (isExpired(entry, today)) {
      notices.push({ kind: "expired-suppression", text: `${named(entry)} expired on ${entry.expires}; ${again(covered.length)}` });
      continue;
    }
    if (covered.length === 0) notices.push({ kind: "unused-suppression", text: `${named(entry)} ${whyUnused(entry, findings)}` });
    for (const { fingerprint } of covered) {
      const other = reasons.get(fingerprint);
      reasons.set(fingerprint, other === undefined || lasting(entry) > lasting(other) ? entry : other);
    }
  }
  return {
    findings: findings.map((finding) => (reasons.has(finding.fingerprint) ? { ...finding, suppressed: true } : finding)),
    suppressed: [...reasons]
      .map(([fingerprint, { reason, expires, by }]) => ({ fingerprint, reason, expires: expires ?? null, by: by ?? "" }))
      .sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)),
    notices: sortedNotices(notices),
  };
}

/** A finding that also concerns a device which the entry does not name stays: the reason was given for the others only. */
function covers(entry: Suppression, finding: Finding): boolean {
  if (!coversPlace(entry, finding)) return false;
  const { device } = entry;
  return device === undefined || (finding.sections.length > 0 && finding.sections.every((type) => matchesGlob(device, type)));
}

function coversPlace({ fingerprint, rule, path }: Suppression, finding: Finding): boolean {
  return (
    (fingerprint === undefined || fingerprint === finding.fingerprint) &&
    (rule === undefined || rule === finding.rule) &&
    (path === undefined || matchesGlob(path, finding.path))
  );
}

/** Of several entries for one finding the one that holds longest is told; ties are broken by its text. */
function lasting({ expires, reason, by }: Suppression): string {
  return [expires ?? "9999-99-99", reason, by ?? ""].join("\n");
}

function whyUnused(entry: Suppression, findings: readonly Finding[]): string {
  const { device } = entry;
  if (device === undefined) return "matches no finding.";
  for (const finding of findings.filter((each) => coversPlace(entry, each))) {
    const other = finding.sections.find((type) => !matchesGlob(device, type));
    if (other !== undefined && finding.sections.some((type) => matchesGlob(device, type))) {
      return `leaves '${finding.path}' (${finding.rule}) as it is, because '${other}' has it too.`;
    }
  }
  return "matches no finding.";
}

function again(count: number): string {
  return count === 0 ? "it would match no finding." : count === 1 ? "one finding counts again." : `${count} findings count again.`;
}

function named({ fingerprint, rule, device, path, reason }: Suppression): string {
  const keys = Object.entries({ fingerprint, rule, device, path }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} '${value}'`],
  );
  return `The suppression of ${keys.join(", ")} ("${reason}")`;
}
