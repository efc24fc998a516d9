import type { Report } from "../report.ts";
import { renderGithub } from "./github.ts";
import { renderGitlab } from "./gitlab.ts";
import type { Counting } from "./headline.ts";
import { renderJson } from "./json.ts";
import { renderJsonl } from "./jsonl.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderSarif } from "./sarif.ts";
import { renderText } from "./text.ts";

export type Format = "text" | "json" | "jsonl" | "sarif" | "junit" | "github" | "gitlab" | "markdown";

export const FORMATS = ["text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown"] as const satisfies readonly Format[];

export interface RenderOptions {
  /** ANSI colours; text only. */
  readonly colour: boolean;
  /** Width that text is wrapped to. */
  readonly columns: number;
  /** Which direction the verdict in the first line speaks for. */
  readonly direction: Counting;
  /** Text says why a rule exists, names every section and folds nothing. */
  readonly verbose: boolean;
}

const RENDERERS: Readonly<Record<Format, (report: Report, options: RenderOptions) => string>> = {
  text: renderText,
  json: renderJson,
  jsonl: renderJsonl,
  sarif: renderSarif,
  junit: renderJunit,
  github: (report, { direction }) => renderGithub(report, direction),
  gitlab: renderGitlab,
  markdown: (report, { direction }) => renderMarkdown(report, direction),
};

/** The report in one format, ending with a newline; the same bytes for the same report. No text of the input can break the format. */
export function render(report: Report, format: Format, options: RenderOptions): string {
  return RENDERERS[format](report, options);
}
