import { declaredAt, type Metadata, sha256 } from "../../describe/index.ts";
import { commonPath, type Site } from "../root-causes/site.ts";
import { VERSION } from "../version.ts";
import { LINT_RULES } from "./index.ts";
import { LINT_SCHEMA, type LintFinding, type LintReport } from "./lint-report.ts";
import type { AnyLintRule, LintKind, LintLevel, LintNode, LintParticulars } from "./lint-rule.ts";
import { lintShape, lintSite } from "./lint-site.ts";
import { walkNodes } from "./walk-nodes.ts";

const LEVELS: readonly LintLevel[] = ["error", "warning", "info"];

const BY_KIND: Readonly<Record<LintKind, readonly AnyLintRule[]>> = {
  section: LINT_RULES.filter((rule) => rule.on === "section"),
  vmsd: LINT_RULES.filter((rule) => rule.on === "vmsd"),
  field: LINT_RULES.filter((rule) => rule.on === "field"),
};

interface Group {
  readonly key: string;
  readonly rule: AnyLintRule;
  readonly particulars: LintParticulars;
  readonly first: LintNode;
  readonly sites: Site[];
  readonly sections: Set<string>;
}

/**
 * Says what one file alone shows to be wrong. The same mistake in a description that many sections share is one finding. Throws
 * nothing: whatever a well-formed input holds ends as a finding.
 */
export function lint(metadata: Metadata): LintReport {
  const groups = new Map<string, Group>();
  const seen = { section: 0, vmsd: 0, field: 0 };
  walkNodes(metadata, (node) => {
    seen[node.on]++;
    for (const rule of BY_KIND[node.on]) {
      const particulars = (rule.check as (node: LintNode) => LintParticulars | undefined)(node);
      if (particulars !== undefined) group(groups, rule, node, particulars);
    }
  });
  const findings = [...groups.values()].map((each) => toFinding(each, metadata)).sort(byWeight);
  const count = (level: LintLevel): number => findings.filter((finding) => finding.level === level).length;
  const { source, machine } = metadata;
  return {
    schema: LINT_SCHEMA,
    tool: { name: "vmstate", version: VERSION },
    file: { path: source.path, machine: machine ?? null, sha256: source.sha256() },
    counts: { error: count("error"), warning: count("warning"), info: count("info") },
    findings,
    coverage: { sections: seen.section, descriptions: seen.vmsd, fields: seen.field },
  };
}

function group(groups: Map<string, Group>, rule: AnyLintRule, node: LintNode, particulars: LintParticulars): void {
  const site = lintSite(node);
  const key = [rule.id, site.chain[0]?.vmsd, site.label, lintShape(node)].join("\n");
  const section = sectionOf(node);
  const known = groups.get(key);
  if (known === undefined) groups.set(key, { key, rule, particulars, first: node, sites: [site], sections: new Set([section]) });
  else {
    known.sites.push(site);
    known.sections.add(section);
  }
}

function sectionOf(node: LintNode): string {
  if (node.on === "section") return node.type;
  return (node.on === "vmsd" ? node : node.parent).owner.type;
}

function toFinding({ key, rule, particulars, first, sites, sections }: Group, metadata: Metadata): LintFinding {
  const place = metadata.source.locate(first.pointer);
  const at = declaredAt(metadata, first.pointer);
  const { vmsd, path } = commonPath(sites);
  return {
    rule: rule.id,
    level: rule.level,
    path,
    vmsd,
    sections: [...sections].sort(),
    message: particulars.message,
    why: rule.why,
    advice: particulars.advice ?? rule.fix,
    ...(place === undefined ? {} : { place: at === undefined ? place : { ...place, at } }),
    fingerprint: sha256(key).slice(0, 16),
  };
}

function byWeight(a: LintFinding, b: LintFinding): number {
  const text = (finding: LintFinding): string => `${finding.path}\n${finding.rule}\n${finding.fingerprint}`;
  return LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || (text(a) < text(b) ? -1 : 1);
}
