import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readMetadata } from "../../describe/index.ts";
import { compare } from "../compare.ts";
import { lint } from "../lint/run-lint.ts";
import { drawDifference, drawSection } from "./draw-layout.ts";
import type { Examples } from "./examples.ts";

/**
 * The text of examples.json: every rule's fixture, drawn, with what the rule says about it, so that `explain` needs no file at run
 * time. `directory` is fixtures/. Used at build time only.
 */
export function generateExamples(directory: string): string {
  const examples: Examples = { check: {}, lint: {} };
  for (const id of readdirSync(join(directory, "rules")).sort()) examples.check[id] = checkExample(join(directory, "rules", id), id);
  for (const id of readdirSync(join(directory, "lint")).sort()) examples.lint[id] = lintExample(join(directory, "lint", id), id);
  return `${JSON.stringify(examples, undefined, 1)}\n`;
}

function checkExample(directory: string, id: string): Examples["check"][string] {
  const [old, new_] = [load(join(directory, "old.json")), load(join(directory, "new.json"))];
  const finding = compare(old, new_).findings.find(({ rule }) => rule === id);
  if (finding === undefined) throw new Error(`The fixture pair of '${id}' does not make that rule speak.`);
  const { levels, certainty, path, message, advice, predictedError } = finding;
  return {
    ...drawDifference(old, new_),
    levels,
    certainty,
    path,
    message,
    advice,
    ...(predictedError === undefined ? {} : { predictedError }),
  };
}

function lintExample(directory: string, id: string): Examples["lint"][string] {
  const metadata = load(join(directory, "file.json"));
  const finding = lint(metadata).findings.find(({ rule }) => rule === id);
  if (finding === undefined) throw new Error(`The fixture of '${id}' does not make that rule speak.`);
  const [type = ""] = finding.sections;
  const section = metadata.sections.get(type);
  const { level, path, message, advice } = finding;
  return { file: section === undefined ? [] : drawSection(type, section), level, path, message, advice };
}

function load(path: string): ReturnType<typeof readMetadata> {
  return readMetadata(readFileSync(path), path);
}
