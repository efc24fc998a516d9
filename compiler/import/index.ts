export type { Addition } from "./complete.ts";
export { CONTRADICTIONS, type Contradiction, type Finding } from "./finding.ts";
export { type Imported, type ImportedFile, type ImportRequest, importDescriptors } from "./import-descriptors.ts";
export type { Mark } from "./marks.ts";
