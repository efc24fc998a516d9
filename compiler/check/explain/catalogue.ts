import { LINT_RULES } from "../lint/index.ts";
import { RULES } from "../rules/index.ts";

/** One rule as the catalogue shows it. The same id may stand for a check between builds and a lint of one file. */
export interface CatalogueEntry {
  readonly id: string;
  readonly kind: "check" | "lint";
  readonly on: string;
  readonly level: "error" | "warning" | "info";
  readonly summary: string;
  readonly why: string;
  readonly fix: string;
}

/** Every rule without its code: those of the check first, each kind in the order of its own list. */
export function catalogue(): CatalogueEntry[] {
  return [
    ...RULES.map(({ id, on, level, summary, why, fix }) => ({ id, kind: "check" as const, on, level, summary, why, fix })),
    ...LINT_RULES.map(({ id, on, level, summary, why, fix }) => ({ id, kind: "lint" as const, on, level, summary, why, fix })),
  ];
}
