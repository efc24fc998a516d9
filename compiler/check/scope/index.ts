export { readScope } from "./read-scope.ts";
export { scopeOfMetadata } from "./scope-of-metadata.ts";
export { SCOPE_SOURCES, type ScopeSource } from "./scope-sources.ts";
