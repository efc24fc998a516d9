import { writeFileSync } from "node:fs";
import { applyPolicy } from "../compiler/check/policy/apply.ts";
import type { Notice } from "../compiler/check/policy/notice.ts";
import { decidesNothing } from "../compiler/check/policy/policy.ts";
import type { Settings } from "../compiler/check/policy/settings.ts";
import { annotateRenames } from "../compiler/check/renames/annotate.ts";
import { KNOWN_RENAMES, type KnownRename } from "../compiler/check/renames/built-in-renames.ts";
import type { Report } from "../compiler/check/report.ts";
import { type Metadata, readTextFile } from "../compiler/describe/index.ts";
import { UsageError } from "./command.ts";

export interface Finish {
  readonly settings: Settings;
  readonly old: Metadata;
  readonly new: Metadata;
  /** YYYY-MM-DD; decides which suppressions have expired. Asked only when there is something that could. */
  readonly today: () => string;
  /** Where to write the baseline that accepts everything found. */
  readonly updateBaseline: string | undefined;
  /** Answers of query-machines, of both builds or of neither. */
  readonly compatProps: { readonly old: string | undefined; readonly new: string | undefined };
}

export interface Finished {
  readonly report: Report;
  readonly notices: readonly Notice[];
  readonly knownOpaque: readonly string[];
}

/** All that happens to a report after the analysis: rename notes, policy, baseline. None of it can change what was found. */
export async function finish(
  compared: Report,
  { settings, old, new: new_, today, updateBaseline, compatProps }: Finish,
): Promise<Finished> {
  const own = settings.renames.length === 0 ? [] : await readOwnRenames(settings.renames);
  const annotated = annotateRenames(await withKnobs(compared, old, new_, compatProps), [...KNOWN_RENAMES, ...own], old, new_);
  const applied = decidesNothing(settings.policy)
    ? { report: annotated.report, notices: [] }
    : applyPolicy(annotated.report, settings.policy, today());
  const notices = [...annotated.unused, ...applied.notices];
  if (updateBaseline === undefined && settings.baseline === undefined) return { report: applied.report, notices, knownOpaque: [] };
  const { applyBaseline, readBaseline, writeBaseline } = await import("../compiler/check/policy/baseline.ts");
  if (updateBaseline !== undefined) write(updateBaseline, writeBaseline(applied.report));
  if (settings.baseline === undefined) return { report: applied.report, notices, knownOpaque: [] };
  const result = applyBaseline(applied.report, readBaseline(readTextFile(settings.baseline), settings.baseline));
  return { report: result.report, notices: [...notices, ...result.notices], knownOpaque: result.knownOpaque };
}

async function withKnobs(compared: Report, old: Metadata, new_: Metadata, paths: Finish["compatProps"]): Promise<Report> {
  if (paths.old === undefined && paths.new === undefined) return compared;
  if (paths.old === undefined || paths.new === undefined) throw new UsageError("--old-props and --new-props are wanted together.");
  const machine = old.machine ?? new_.machine;
  if (machine === undefined) throw new UsageError("The files name no machine type, so its properties cannot be looked up.");
  const { annotateCompatProps, readCompatProps } = await import("../compiler/check/compat-props.ts");
  const read = (path: string) => readCompatProps(readTextFile(path), path, machine);
  return annotateCompatProps(compared, read(paths.old), read(paths.new));
}

async function readOwnRenames(paths: readonly string[]): Promise<KnownRename[]> {
  const { readRenames } = await import("../compiler/check/renames/read-renames.ts");
  return paths.flatMap((path) => readRenames(readTextFile(path), path));
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`The baseline cannot be written to ${path} (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`);
  }
}
