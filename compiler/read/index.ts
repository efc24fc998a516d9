export { type Committed, type CommittedMetadata, type CommittedVmsd, committedVmsds } from "./committed.ts";
export { LINT_RULES } from "./lint/index.ts";
export { type Pin, Pins } from "./pins.ts";
export { type Read, type ReadOptions, readDescriptors } from "./read-descriptors.ts";
export { REFUSALS, type RefusalCode } from "./refusal.ts";
export { type Finding, SchemaError, SchemaErrors, showPlace } from "./schema-error.ts";
