import { expect, test } from "vitest";
import { renderGithub } from "./github.ts";
import { sampleFinding, sampleReport } from "./sample-report.ts";

const many = (count: number, level: "error" | "warning" | "info") =>
  Array.from({ length: count }, (_, index) =>
    sampleFinding({ levels: { forward: level, backward: "none" }, fingerprint: `${level}${index}`.padStart(16, "0") }),
  );

test("one command, escaped", () => {
  const report = sampleReport([sampleFinding({ message: "100%\n::error::x", sections: ["a,b:c"] })], {
    new: { path: "a,b:c%.json", machine: null, sha256: "" },
  });
  expect(renderGithub(report, "forward")).toBe(
    "::error file=a%2Cb%3Ac%25.json,line=40,col=9,title=field-added-unguarded 00112233445566aa::hpet/timer/cmp (forward, proven): " +
      "100%25\\x0a::error::x%0Aaffects 1 section: a,b:c%0Apredicted error: Missing section footer for …/hpet%0AMove 'cmp' into a subsection.\n" +
      "compatible: 1 error, 0 warnings, 0 notes.\n",
  );
});

test("ten of each kind, then one line that tells how many were left out", () => {
  const lines = renderGithub(sampleReport([...many(25, "error"), ...many(11, "warning"), ...many(10, "info")]), "forward")
    .trimEnd()
    .split("\n");
  for (const kind of ["error", "warning", "notice"]) expect(lines.filter((line) => line.startsWith(`::${kind} `))).toHaveLength(10);
  expect(lines).toHaveLength(31);
  expect(lines.at(-1)).toBe("compatible: 25 errors, 11 warnings, 10 notes; left out here: 15 errors, 1 warning, 0 notes.");
});

test("a suppressed error is a notice, behind those that count", () => {
  const suppressed = many(3, "error").map((finding) => ({ ...finding, suppressed: true }));
  const lines = renderGithub(sampleReport([...suppressed, ...many(9, "info")]), "forward").split("\n");
  expect(lines[9]).toMatch(/^::notice file=new\.json,line=40,col=9,title=suppressed%3A field-added-unguarded /);
  expect(lines.at(-2)).toContain(
    "0 errors, 0 warnings, 9 notes, 3 suppressed; left out here: 0 errors, 0 warnings, 0 notes, 2 suppressed.",
  );
});
