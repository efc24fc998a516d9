import type { AnyRule } from "../rule.ts";
import { absentValueChanged } from "./absent-value-changed.ts";
import { arrayLengthChanged } from "./array-length-changed.ts";
import { conditionalAlternativesChanged } from "./conditional-alternatives-changed.ts";
import { countSourceChanged } from "./count-source-changed.ts";
import { descriptionMissing } from "./description-missing.ts";
import { descriptionRenamed } from "./description-renamed.ts";
import { fieldAddedUnguarded } from "./field-added-unguarded.ts";
import { fieldConditionChanged } from "./field-condition-changed.ts";
import { fieldGuardChanged } from "./field-guard-changed.ts";
import { fieldKindChanged } from "./field-kind-changed.ts";
import { fieldRemoved } from "./field-removed.ts";
import { fieldRenamed } from "./field-renamed.ts";
import { fieldReordered } from "./field-reordered.ts";
import { fieldSizeChanged } from "./field-size-changed.ts";
import { fieldSplitOrMerged } from "./field-split-or-merged.ts";
import { fieldToUnused } from "./field-to-unused.ts";
import { fieldsMissing } from "./fields-missing.ts";
import { machineNameDiffers } from "./machine-name-differs.ts";
import { machinePropertyChanged } from "./machine-property-changed.ts";
import { minimumVersionRaised } from "./minimum-version-raised.ts";
import { neededChanged } from "./needed-changed.ts";
import { nestedVersionNotOnWire } from "./nested-version-not-on-wire.ts";
import { numUnknown } from "./num-unknown.ts";
import { opaqueField } from "./opaque-field.ts";
import { sectionMissing } from "./section-missing.ts";
import { sectionRenamed } from "./section-renamed.ts";
import { sectionVersionTooNew } from "./section-version-too-new.ts";
import { sectionVersionTooOld } from "./section-version-too-old.ts";
import { structLostDescription } from "./struct-lost-description.ts";
import { structRewrapped } from "./struct-rewrapped.ts";
import { subsectionAddedInDest } from "./subsection-added-in-dest.ts";
import { subsectionNamePrefix } from "./subsection-name-prefix.ts";
import { subsectionRemovedInDest } from "./subsection-removed-in-dest.ts";
import { subsectionVersion } from "./subsection-version.ts";
import { validateChanged } from "./validate-changed.ts";

/** Every rule, in the order in which the catalogue lists them. */
export const RULES = [
  // sections
  descriptionMissing,
  descriptionRenamed,
  minimumVersionRaised,
  sectionMissing,
  sectionRenamed,
  sectionVersionTooNew,
  sectionVersionTooOld,
  // descriptions
  fieldsMissing,
  // fields
  absentValueChanged,
  arrayLengthChanged,
  conditionalAlternativesChanged,
  countSourceChanged,
  fieldAddedUnguarded,
  fieldConditionChanged,
  fieldGuardChanged,
  fieldKindChanged,
  fieldRemoved,
  fieldRenamed,
  fieldReordered,
  fieldSizeChanged,
  fieldSplitOrMerged,
  fieldToUnused,
  nestedVersionNotOnWire,
  opaqueField,
  structLostDescription,
  structRewrapped,
  validateChanged,
  // subsections
  neededChanged,
  subsectionAddedInDest,
  subsectionNamePrefix,
  subsectionRemovedInDest,
  subsectionVersion,
  // files
  machineNameDiffers,
  machinePropertyChanged,
  numUnknown,
] as const satisfies readonly AnyRule[];
