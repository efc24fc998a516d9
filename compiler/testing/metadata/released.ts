import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { compare } from "../../check/compare.ts";
import type { Metadata } from "../../describe/metadata.ts";
import { readMetadata } from "../../describe/read.ts";
import type { MetadataFile } from "../../describe/write-metadata.ts";
import type { MachineIr } from "../../ir.ts";
import { headOf } from "./freshness.ts";
import { propertyChanges } from "./property-changes.ts";

/** A machine type's metadata at the last release, as it is written and as the checker has it. */
export interface Released {
  readonly file: MetadataFile;
  readonly metadata: Metadata;
}

export function releasedOf(text: string): Released {
  return { file: JSON.parse(text) as MetadataFile, metadata: metadataOf(text, "released") };
}

/** A file that gzip made may stand for one. */
const ENDINGS = [".json", ".json.gz"];

/** Throws when the folder has none of the machine type. */
export function readReleased(folder: string, { name, aliases }: MachineIr): Released {
  const paths = [name, ...aliases].flatMap((each) => ENDINGS.map((ending) => join(folder, `${each}${ending}`)));
  const path = paths.find((each) => existsSync(each));
  if (path === undefined)
    throw new Error(
      `There is no '${paths[0]}'; write it with vmstate dump --machine ${aliases[0] ?? name}, and commit it with every release.`,
    );
  const bytes = readFileSync(path);
  return releasedOf((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}

/**
 * What keeps a machine type from moving between the last release and now, in either direction: what it no longer sets, and whatever
 * the checker finds at level error or warning.
 */
export function brokenPromises(released: Released, written: MetadataFile, machine: string): string[] {
  const changes = propertyChanges(machine, headOf(released.file), headOf(written));
  const report = compare(released.metadata, metadataOf(JSON.stringify(written), "now"));
  const findings = report.findings.filter(({ levels }) =>
    [levels.forward, levels.backward].some((level) => level === "error" || level === "warning"),
  );
  return [
    ...changes,
    ...findings.map(
      ({ rule, path, message, levels }) => `${rule} at ${path}: ${message} (old to new: ${levels.forward}, new to old: ${levels.backward})`,
    ),
  ];
}

function metadataOf(text: string, name: string): Metadata {
  return readMetadata(Buffer.from(text), name);
}
