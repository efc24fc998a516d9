import { relative, sep } from "node:path";
import type { Ir } from "../ir.ts";
import { refuseBrokenSource } from "./broken-source.ts";
import type { Committed } from "./committed.ts";
import { lint } from "./lint/run-lint.ts";
import { readAll } from "./read-all.ts";
import type { Report } from "./report.ts";
import { type Finding, SchemaError, SchemaErrors } from "./schema-error.ts";
import { loadSourceFiles } from "./source-files.ts";

export interface Read {
  readonly ir: Ir;
  readonly warnings: readonly Finding[];
  /** Every file that was read, relative to the root: a change of any other changes nothing. */
  readonly files: readonly string[];
}

export interface ReadOptions {
  /** What metadata says that was committed before: fields may not be added to it unless old streams can still be read. */
  readonly committed?: Committed;
}

/**
 * Reads descriptors and what they import. `files` are relative to `root`, and so are the places that are reported. Throws
 * `SchemaErrors`, which holds all that is wrong in the run.
 */
export function readDescriptors(root: string, files: readonly string[], { committed = new Map() }: ReadOptions = {}): Read {
  const report: Report = { root, findings: [], refusals: 0 };
  const sources = loadSourceFiles(root, files);
  refuseBrokenSource(sources, report);
  // What a parser made of broken text is not worth a word.
  if (report.findings.length > 0) throw toErrors(report.findings);
  const { ir, places, sound } = readAll(sources, report);
  report.findings.push(...lint(ir, places, sound, committed));
  if (report.findings.some(({ level }) => level === "error")) throw toErrors(report.findings);
  const warnings = report.findings.sort(byPlace);
  return { ir, warnings, files: sources.all.map((file) => relative(root, file.getFilePath()).split(sep).join("/")) };
}

function toErrors(findings: readonly Finding[]): SchemaErrors {
  const sorted = [...findings].sort(byPlace);
  const errors = sorted.flatMap((each) => (each.level === "error" ? [new SchemaError(each)] : []));
  return new SchemaErrors(
    errors,
    sorted.filter(({ level }) => level === "warning"),
  );
}

function byPlace({ at: a }: Finding, { at: b }: Finding): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}
