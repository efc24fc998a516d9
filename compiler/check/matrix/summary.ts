import { plural } from "../render/counts.ts";
import type { MatrixGate } from "./judge-matrix.ts";
import type { Matrix } from "./matrix.ts";

/** The first line of every report: what came of the cells that count. */
export function verdictOfGate({ counted, missing, failOn, failed }: MatrixGate): string {
  const cells = plural(counted.length, "counted cell");
  const broken = counted.filter(({ cell }) => cell.verdict === "incompatible").length;
  const undecided = counted.filter(({ cell }) => cell.verdict === "unknown" || cell.verdict === "depends").length;
  const lacking =
    missing.length === 0 ? "" : `; ${plural(missing.length, "file")} wanted by the policy ${missing.length === 1 ? "is" : "are"} missing`;
  if (broken > 0) return `incompatible: ${broken} of ${cells}${lacking}`;
  if (counted.length === 0) return missing.length === 0 ? "nothing counts: no two builds to compare" : `nothing to count${lacking}`;
  const failing = counted.filter((each) => each.failed).length;
  const rest = failed && failing > 0 ? `; ${failing} fail by --fail-on ${failOn}` : "";
  return undecided > 0
    ? `no break found in ${cells}; ${undecided} of them cannot be decided from metadata${rest}${lacking}`
    : `compatible: ${cells}${rest}${lacking}`;
}

/** What was read, and how much of it was there more than once. */
export function inventory({ files, builds, machines, schemas }: Matrix): string {
  const read = `${plural(files.length, "file")} of ${plural(builds.length, "build")}, ${plural(machines.length, "machine type")}`;
  if (schemas.length === files.length) return `${read}.`;
  return `${read}: ${plural(schemas.length, "different content")}, each compared once. A dump does not depend on the machine type; one a build is enough.`;
}
