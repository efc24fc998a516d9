import type { Report } from "../report.ts";
import type { Format, RenderOptions } from "./format.ts";
import { renderGithub } from "./github.ts";
import { renderGitlab } from "./gitlab.ts";
import { renderJson } from "./json.ts";
import { renderJsonl } from "./jsonl.ts";
import { renderJunit } from "./junit.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderSarif } from "./sarif.ts";
import { renderText } from "./text.ts";

export * from "./format.ts";

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
