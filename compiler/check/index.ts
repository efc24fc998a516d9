// The library: what `import … from "vmstate"` gives. The commands load the same modules one by one instead, to start fast.
import { type Metadata, type ReadOptions, readMetadata, sha256 } from "../describe/index.ts";
import { type Format, type RenderOptions, render as renderReport } from "./render/index.ts";
import type { Report } from "./report.ts";

export { InputError, type Metadata, type Position, readMetadataFile as parseFile } from "../describe/index.ts";
export { type CompareOptions, compare, type Scope } from "./compare.ts";
export { applyPolicy, type PolicyResult } from "./policy/apply.ts";
export type { Policy, RuleOverride, Suppression } from "./policy/policy.ts";
export type { Format, RenderOptions } from "./render/index.ts";
export type * from "./report.ts";
export type { Certainty, Level } from "./rule.ts";
export { readScope } from "./scope/index.ts";

/** Reads metadata of any kind from bytes, which may be gzip; `path` only names them in messages. Throws InputError with a position. */
export function parse(bytes: Uint8Array, path: string, options: Pick<ReadOptions, "maxInput"> = {}): Metadata {
  return readMetadata(bytes, path, { ...options, sha256: () => sha256(bytes) });
}

/** The report in one format, ending with a newline. What is left out of the options: no colour, 80 columns, forward, folded. */
export function render(report: Report, format: Format = "text", options: Partial<RenderOptions> = {}): string {
  return renderReport(report, format, { colour: false, columns: 80, direction: "forward", verbose: false, ...options });
}
