import description from "./description.schema.json" with { type: "json" };
import metadata from "./metadata.schema.json" with { type: "json" };

/** JSON Schemas of what the checker reads. */
export const INPUT_SCHEMAS: Readonly<Record<"metadata" | "description", object>> = { metadata, description };
