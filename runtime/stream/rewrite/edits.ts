import { isNamed } from "../section-name.ts";
/** What is to be another in a stream that is written again. */
export interface Edits {
  /** The configuration section's machine type. */
  readonly machine?: string | undefined;
  readonly set: readonly SetField[];
  readonly dropSections: readonly SectionName[];
  /** Names of subsections, wherever they are. */
  readonly dropSubsections: readonly string[];
  readonly description?: "add" | "drop" | undefined;
  /** `plain` makes whole pages of what is compressed or told by differences; `final` sends each page once, as it is at the end. */
  readonly ram?: "plain" | "final" | undefined;
}

/** `SECTION/FIELD` and its value; where the one ends and the other begins only the stream's sections tell. */
export interface SetField {
  readonly target: string;
  readonly value: string;
}

export interface SectionName {
  readonly name: string;
  /** Left out for all. */
  readonly instance?: number;
}

/** An edit that this stream does not allow: one sentence. */
export class RewriteError extends Error {
  override readonly name = "RewriteError";
  readonly code = "REWRITE";
}

/** Whether a section is meant: by its name, or by that behind its device's place. */
export function isSection({ name, instance }: SectionName, section: { readonly name: string; readonly instance: number }): boolean {
  return isNamed(section.name, name) && (instance ?? section.instance) === section.instance;
}
