export { sha256 } from "./digest.ts";
export * from "./field-facts.ts";
export * from "./input-error.ts";
export * from "./metadata.ts";
export * from "./read.ts";
export { type Instance, instancesOf } from "./read-description.ts";
export { readMetadataFile, readTextFile } from "./read-file.ts";
export { type Location, pointerSegment, Source } from "./source.ts";
export { WIRE_KINDS } from "./wire-kinds.ts";
