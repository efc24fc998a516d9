import type { AnyLintRule } from "./lint-rule.ts";
import { duplicateFieldName } from "./rules/duplicate-field-name.ts";
import { duplicateSubsectionName } from "./rules/duplicate-subsection-name.ts";
import { emptyDescription } from "./rules/empty-description.ts";
import { guardAboveVersion } from "./rules/guard-above-version.ts";
import { minimumAboveVersion } from "./rules/minimum-above-version.ts";
import { nameInconsistent } from "./rules/name-inconsistent.ts";
import { nestedVersionGuard } from "./rules/nested-version-guard.ts";
import { predicateAndGuard } from "./rules/predicate-and-guard.ts";
import { sectionInconsistent } from "./rules/section-inconsistent.ts";
import { subsectionNamePrefix } from "./rules/subsection-name-prefix.ts";
import { subsectionVersionAbove255 } from "./rules/subsection-version-above-255.ts";

/** Every lint rule, in the order in which the catalogue lists them. */
export const LINT_RULES = [
  // sections
  nameInconsistent,
  sectionInconsistent,
  // descriptions
  duplicateSubsectionName,
  emptyDescription,
  minimumAboveVersion,
  subsectionNamePrefix,
  subsectionVersionAbove255,
  // fields
  duplicateFieldName,
  guardAboveVersion,
  nestedVersionGuard,
  predicateAndGuard,
] as const satisfies readonly AnyLintRule[];
