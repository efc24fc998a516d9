import type { Finding, Report } from "../report.ts";
import type { AnyRule } from "../rule.ts";
import { RULES } from "../rules/index.ts";
import { worstLevel } from "./counts.ts";
import { affectedText, describeSuppression, directionsOf } from "./groups.ts";
import { type FilePlace, placesOf } from "./place.ts";
import { visible } from "./visible.ts";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;
const BASELINE = { new: "new", known: "unchanged" } as const;
const MOST_SECTIONS = 10;

/** SARIF 2.1.0, one run. Each finding is one result, at its place in the new file with the old one's as related. */
export function renderSarif(report: Report): string {
  const ids = [...new Set([...RULES.map(({ id }) => id), ...report.findings.map(({ rule }) => rule)])];
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: report.tool.name, version: report.tool.version, rules: ids.map(descriptorOf) } },
        invocations: [{ executionSuccessful: true }],
        columnKind: "utf16CodeUnits",
        results: report.findings.map((finding) => resultOf(report, finding, ids.indexOf(finding.rule))),
        properties: { verdict: report.verdict, old: report.old, new: report.new, scope: report.scope, coverage: report.coverage },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptorOf(id: string): object {
  const rule = (RULES as readonly AnyRule[]).find((each) => each.id === id);
  if (rule === undefined) return { id };
  return {
    id,
    shortDescription: { text: messageText(rule.summary) },
    fullDescription: { text: messageText(rule.why) },
    help: { text: messageText(rule.fix) },
    defaultConfiguration: { level: LEVELS[rule.level] },
  };
}

function resultOf(report: Report, finding: Finding, ruleIndex: number): object {
  const { baseline, rule, path, levels, certainty, certainties, sections, vmsd, conditions, advice, predictedError, witness } = finding;
  const [main, ...related] = placesOf(report, finding);
  const where = main === undefined ? { physicalLocation: { artifactLocation: { uri: uriOf(report.new.path) } } } : physical(main);
  const affects = affectedText(finding, MOST_SECTIONS);
  const facts = [directionsOf(finding), certainty, affects].filter((fact) => fact !== "").join("; ");
  const logical = path === "" ? {} : { logicalLocations: [{ fullyQualifiedName: path }] };
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[worstLevel(finding)],
    message: { text: messageText(visible(`${path}: ${finding.message} (${facts})`)) },
    locations: [{ ...where, ...logical }],
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map((place, id) => ({ id, ...physical(place), message: { text: place.side } })) }),
    partialFingerprints: { "vmstateFinding/v1": finding.fingerprint },
    ...(baseline === "none" ? {} : { baselineState: BASELINE[baseline] }),
    suppressions: finding.suppressed ? [{ kind: "external", status: "accepted", justification: describeSuppression(report, finding) }] : [],
    properties: { levels, certainty, certainties, sections, vmsd, path, conditions, advice, predictedError, witness },
  };
}

function physical({ path, place }: FilePlace): object {
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, region: { startLine: place.line, startColumn: place.column } } };
}

/** The path as it was given, as a URI reference: what is absolute stays so, and no colon can make a scheme of its first part. */
function uriOf(path: string): string {
  // Half a surrogate pair has no encoding; it becomes U+FFFD.
  const wellFormed = Buffer.from(path.replace(/^\/{2,}/, "/"), "utf8").toString("utf8");
  return wellFormed.split("/").map(encodeURIComponent).join("/");
}

/** In a SARIF message braces hold placeholders and `[text](1)` is a link; both are meant literally here. */
function messageText(text: string): string {
  const braces = text.replaceAll("{", "{{").replaceAll("}", "}}");
  return braces.includes("](") ? braces.replace(/[\\[\]]/g, "\\$&") : braces;
}
