import type { AnyLintRule } from "./lint-rule.ts";
import { absentNeverUsed } from "./rules/absent-never-used.ts";
import { askedTooEarly } from "./rules/asked-too-early.ts";
import { countNotInteger } from "./rules/count-not-integer.ts";
import { duplicateStateKey } from "./rules/duplicate-state-key.ts";
import { existsAndSince } from "./rules/exists-and-since.ts";
import { expressionType } from "./rules/expression-type.ts";
import { fieldAddedUnguarded } from "./rules/field-added-unguarded.ts";
import { guardAboveVersion } from "./rules/guard-above-version.ts";
import { listVersion } from "./rules/list-version.ts";
import { markerMisplaced } from "./rules/marker-misplaced.ts";
import { minimumAboveVersion } from "./rules/minimum-above-version.ts";
import { nameTooLong } from "./rules/name-too-long.ts";
import { neededDecided } from "./rules/needed-decided.ts";
import { neededType } from "./rules/needed-type.ts";
import { predicateDecided } from "./rules/predicate-decided.ts";
import { sentUnknownSubsection } from "./rules/sent-unknown-subsection.ts";
import { subsectionNamePrefix } from "./rules/subsection-name-prefix.ts";
import { subsectionVersionAbove255 } from "./rules/subsection-version-above-255.ts";
import { tmpVersion } from "./rules/tmp-version.ts";
import { vstructVersion } from "./rules/vstruct-version.ts";

/** Every rule about what a descriptor means, in the order in which they speak. */
export const LINT_RULES = [
  // vmsds
  markerMisplaced,
  // bodies
  minimumAboveVersion,
  nameTooLong,
  neededDecided,
  neededType,
  subsectionNamePrefix,
  subsectionVersionAbove255,
  // fields
  absentNeverUsed,
  askedTooEarly,
  countNotInteger,
  duplicateStateKey,
  existsAndSince,
  expressionType,
  fieldAddedUnguarded,
  guardAboveVersion,
  listVersion,
  predicateDecided,
  sentUnknownSubsection,
  tmpVersion,
  vstructVersion,
] as const satisfies readonly AnyLintRule[];
