import type { Counting } from "./headline.ts";

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
