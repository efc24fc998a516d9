export { InputError, type Metadata, readMetadata as parse, readMetadataFile as parseFile } from "../describe/index.ts";
export { type CompareOptions, compare, type Scope } from "./compare.ts";
export type * from "./report.ts";
