import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** One VM that was really migrated. */
export interface TruthRow {
  readonly src: string;
  readonly dst: string;
  readonly machine: string;
  readonly device: string;
  /** QOM types that the VM had. */
  readonly types: readonly string[];
  readonly outcome: "ok" | "refused" | "corrupted";
}

/** Rows or dumps that cannot be used; the command ends with exit status 2 instead of leaving a row out. */
export class TruthError extends Error {
  override readonly name = "TruthError";
  readonly code = "TRUTH";
}

/** One JSON object a line; gzip if the name says so. */
export function readRows(path: string): TruthRow[] {
  if (!existsSync(path)) throw new TruthError(`No such file: ${path}.`);
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line, index) => parseRow(line, `${path}:${index + 1}`));
}

function parseRow(line: string, at: string): TruthRow {
  let row: Partial<TruthRow>;
  try {
    row = JSON.parse(line) as Partial<TruthRow>;
  } catch {
    throw new TruthError(`${at}: This line is not JSON.`);
  }
  const { src, dst, machine, device = "(unnamed)", types, outcome } = row;
  if (src === undefined || dst === undefined || machine === undefined || !Array.isArray(types)) {
    throw new TruthError(`${at}: A row needs src, dst, machine, types and outcome.`);
  }
  if (outcome !== "ok" && outcome !== "refused" && outcome !== "corrupted")
    throw new TruthError(`${at}: Outcome is ok, refused or corrupted.`);
  return { src, dst, machine, device, types, outcome };
}

/** The dump of a build for a machine type; of any machine type of that build when allowed, since its content is the same. */
export function findDump(folder: string, build: string, machine: string, anyMachine: boolean): string {
  for (const ending of [".json", ".json.gz"]) {
    const path = join(folder, `qemu-${build}-${machine}${ending}`);
    if (existsSync(path)) return path;
  }
  const other =
    anyMachine && existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => name.startsWith(`qemu-${build}-`))
          .sort()[0]
      : undefined;
  if (other === undefined)
    throw new TruthError(`There is no dump of ${build} for ${machine} in ${folder} (qemu-${build}-${machine}.json or .json.gz).`);
  return join(folder, other);
}
