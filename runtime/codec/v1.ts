// All that generated code may use. Nothing here is renamed or changes its meaning: generated files are committed by those who use them.
export * from "./arrays.ts";
export { bytesInto } from "./bytes-into.ts";
export { capabilityAt } from "./capability.ts";
export { CODEC_ABI, type Codec } from "./codec.ts";
export * from "./diff.ts";
export { JsonError, LoadError, SaveError } from "./errors.ts";
export * from "./json.ts";
export type { Container, Machine, Section } from "./machine.ts";
export { ByteReader } from "./reader.ts";
export * from "./refuse.ts";
export { endOfStruct, endOfSubsections } from "./subsections.ts";
export type { View } from "./view.ts";
export { ByteWriter } from "./writer.ts";
export { zeroBytes } from "./zero-bytes.ts";
