export { type Read, readDescriptors } from "./read-descriptors.ts";
export { REFUSALS, type RefusalCode } from "./refusal.ts";
export { type Finding, SchemaError, SchemaErrors, showPlace } from "./schema-error.ts";
