import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../report.ts";
import { MARKDOWN_LIMIT, renderMarkdown } from "./markdown.ts";
import { code, prose } from "./markdown-text.ts";
import { sampleFinding, sampleReport } from "./sample-report.ts";

/** What is left when code spans are taken out the way CommonMark finds them: a run of backticks up to the next run as long. */
function outsideCode(line: string): string {
  const runs = [...line.matchAll(/`+/g)];
  let [out, from] = ["", 0];
  for (const run of runs) {
    if (run.index < from) continue;
    const end = runs.find((other) => other.index > run.index && other[0].length === run[0].length);
    if (end === undefined) continue;
    out += line.slice(from, run.index);
    from = end.index + end[0].length;
  }
  return out + line.slice(from);
}

const text = fc.string({
  unit: fc.constantFrom("a", " ", "'", "`", "<", "[", "](", ")", "@", "#", "|", "*", "_", "\\", "https://x.y", "!", "&", "~"),
  maxLength: 30,
});

test("no text from a report is markup outside a code span", () => {
  fc.assert(
    fc.property(text, (given) => {
      expect(outsideCode(`x ${prose(given)} y`)).toMatch(/^[A-Za-z0-9 ()".,;:?'’-]*$/);
      expect(outsideCode(`x ${code(given)} y`)).toBe("x  y");
    }),
    { numRuns: 3000 },
  );
});

test("prose keeps its words and brackets", () => {
  expect(prose("'drq state' (1 byte) needs needed() of \"a/b\" (a property, set in hw_compat).")).toBe(
    '`drq state` (1 byte) needs `needed()` of "`a/b`" (a property, set in `hw_compat`).',
  );
});

function numbered(count: number, change: Partial<Finding>): Finding[] {
  return Array.from({ length: count }, (_, index) => sampleFinding({ ...change, fingerprint: index.toString(16).padStart(16, "0") }));
}

test("a long report is cut between findings and says how many of which level are left out", () => {
  const errors = numbered(400, {});
  const notes = numbered(100, { levels: { forward: "info", backward: "none" } });
  const markdown = renderMarkdown(sampleReport([...errors, ...notes]), "forward");
  expect(markdown.length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
  expect(markdown.length).toBeGreaterThan(MARKDOWN_LIMIT * 0.9);
  const shown = markdown.match(/^- \*\*error\*\*/gm)?.length ?? 0;
  expect(markdown).toContain(`**${500 - shown} findings left out** for length: ${400 - shown} errors, 0 warnings, 100 notes.`);
  expect(markdown).toContain("| forward | compatible | 400 | 0 | 100 | 0 |");
});

test("names of any length stay within the limit", () => {
  const long = "`<|".repeat(100_000);
  const report = sampleReport(numbered(50, { message: long, path: long, advice: long, predictedError: long, sections: [long] }), {
    old: { path: long, machine: long, sha256: "" },
  });
  expect(renderMarkdown(report, "both").length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
});
