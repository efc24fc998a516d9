import { relative, sep } from "node:path";
import type { Node, SourceFile } from "ts-morph";
import type { Place } from "../ir.ts";
import { Refusal, type RefusalCode } from "./refusal.ts";
import { type Finding, showPlace } from "./schema-error.ts";

/** What has been found so far, and what paths are relative to. */
export interface Report {
  readonly root: string;
  readonly findings: Finding[];
  /** How often anything was refused, the same thing again as well. */
  refusals: number;
}

/** Runs one step; what it refuses is noted, so that what stands beside it is still read. */
export function attempt<T>(report: Report, path: string, step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    note(report, path, error.code, error.message, placeOf(error.node, report.root));
    return undefined;
  }
}

/** A kind that is kept in a constant is read wherever it is used; what is wrong in it is said once. */
export function note(report: Report, path: string, code: RefusalCode, sentence: string, at: Place): void {
  report.refusals++;
  const known = report.findings.filter((each) => each.code === code && showPlace(each.at) === showPlace(at));
  if (known.some((each) => each.path !== path || each.sentence === sentence)) return;
  report.findings.push({ level: "error", code, path, sentence, at });
}

export function placeOf(node: Node, root: string): Place {
  return placeAt(node.getSourceFile(), node.getStart(), root);
}

export function placeAt(file: SourceFile, offset: number, root: string): Place {
  const { line, column } = file.getLineAndColumnAtPos(offset);
  return { file: relative(root, file.getFilePath()).split(sep).join("/"), line, column };
}
