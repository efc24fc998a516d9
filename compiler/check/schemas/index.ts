import { INPUT_SCHEMAS } from "../../describe/schemas/index.ts";
import baseline from "./baseline.schema.json" with { type: "json" };
import config from "./config.schema.json" with { type: "json" };
import lint from "./lint.schema.json" with { type: "json" };
import matrix from "./matrix.schema.json" with { type: "json" };
import renames from "./renames.schema.json" with { type: "json" };
import report from "./report.schema.json" with { type: "json" };
import support from "./support-policy.schema.json" with { type: "json" };

/** Every published schema by the name under which `vmstate schema` prints it. */
export const SCHEMAS: Readonly<Record<string, object>> = {
  ...INPUT_SCHEMAS,
  report,
  lint,
  matrix,
  config,
  baseline,
  renames,
  support,
};
