import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compare } from "../../check/compare.ts";
import { readMetadata } from "../../describe/read.ts";
import { type MetadataFile, writeMetadata } from "../../describe/write-metadata.ts";
import type { Ir, MachineIr } from "../../ir.ts";
import { headOf } from "./freshness.ts";
import { propertyChanges } from "./property-changes.ts";

/** The text of a machine type's metadata at the last release. Throws when the folder has none. */
export function readReleased(folder: string, { name, aliases }: MachineIr): string {
  const paths = [name, ...aliases].map((each) => join(folder, `${each}.json`));
  const path = paths.find((each) => existsSync(each));
  if (path === undefined)
    throw new Error(
      `There is no '${paths[0]}'; write it with vmstate dump --machine ${aliases[0] ?? name}, and commit it with every release.`,
    );
  return readFileSync(path, "utf8");
}

/**
 * What keeps a machine type from moving between the last release and now, in either direction: what it no longer sets, and whatever
 * the checker finds at level error or warning.
 */
export function brokenPromises(released: string, now: Ir, machine: string): string[] {
  const written = writeMetadata(now, { machine });
  const changes = propertyChanges(machine, headOf(JSON.parse(released) as MetadataFile), headOf(written));
  const report = compare(metadataOf(released, "released"), metadataOf(JSON.stringify(written), "now"));
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

function metadataOf(text: string, name: string): ReturnType<typeof readMetadata> {
  return readMetadata(Buffer.from(text), name);
}
