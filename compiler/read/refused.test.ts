import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type CommittedMetadata,
  committedVmsds,
  type Finding,
  LINT_RULES,
  REFUSALS,
  readDescriptors,
  SchemaErrors,
  showPlace,
} from "./index.ts";

const REFUSED = join(import.meta.dirname, "../../fixtures/descriptors/refused");
const fixtures = readdirSync(REFUSED).sort();
const codes = [...Object.keys(REFUSALS), ...LINT_RULES.map(({ id }) => id)].sort();

/** They are about files and their exports, before any vmsd has a name. */
const BEFORE_ANY_VMSD = ["syntax", "unresolved-import", "not-exported", "duplicate-export"];

function findingsOf(folder: string): readonly Finding[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const metadata = join(folder, "committed.json");
  const options = existsSync(metadata)
    ? { committed: committedVmsds(JSON.parse(readFileSync(metadata, "utf8")) as CommittedMetadata) }
    : {};
  try {
    return readDescriptors(folder, files, options).warnings;
  } catch (error) {
    if (error instanceof SchemaErrors) return [...error.errors, ...error.warnings];
    throw error;
  }
}

test("each code has a fixture, and each fixture a code", () => {
  expect(fixtures).toEqual(codes);
});

test("no code is both a refusal and a rule, and no two say the same", () => {
  const summaries = [...Object.values(REFUSALS), ...LINT_RULES.map(({ summary }) => summary)];
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(summaries).size).toBe(codes.length);
  for (const summary of summaries) expect(summary).toMatch(/^[a-z].*[^.]$/);
});

describe.each(fixtures)("%s", (code) => {
  const folder = join(REFUSED, code);
  const findings = findingsOf(folder);

  test("says what is expected, and nothing else", async () => {
    const lines = findings.map((each) => `${showPlace(each.at)}: ${each.code}: ${each.sentence}\n`);
    await expect(lines.join("")).toMatchFileSnapshot(join(folder, "expected.txt"));
    expect(new Set(findings.map((each) => each.code))).toEqual(new Set([code]));
  });

  test("says it in sentences, and of something", () => {
    for (const { sentence, path } of findings) {
      expect(sentence).toMatch(/^['A-Z].*[^.]\.$/);
      if (!BEFORE_ANY_VMSD.includes(code) && code !== "name-too-long") expect(path).not.toBe("");
    }
  });
});
