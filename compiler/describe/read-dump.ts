import { validateMetadata } from "./gen/validators.js";
import type { Metadata, Section } from "./metadata.ts";
import { shapeError } from "./shape-error.ts";
import type { Source } from "./source.ts";

interface DumpFile {
  readonly vmschkmachine?: {
    readonly Name: string;
    readonly schema?: string;
    readonly devices?: readonly string[];
    readonly properties?: Metadata["properties"];
  };
  readonly [section: string]: unknown;
}

/** Takes a parsed `-dump-vmstate` file, or one with vmstate's additions, as metadata. Throws InputError on another shape. */
export function readDump(source: Source, value: unknown): Metadata {
  if (!validateMetadata(value)) throw shapeError(source, "state metadata", validateMetadata.errors);
  // A string value cannot hold an unescaped quote, so this is a key.
  return toMetadata(source, value, { plain: false, countsKnown: /"num"\s*:/.test(source.text) });
}

/** The same for a value whose shape is known already. */
export function toMetadata(source: Source, value: unknown, facts: Pick<Metadata, "plain" | "countsKnown">): Metadata {
  const file = value as DumpFile;
  const head = file.vmschkmachine;
  const sections = new Map<string, Section>();
  for (const type in file) if (type !== "vmschkmachine") sections.set(type, file[type] as Section);
  return {
    origin: head?.schema === undefined ? "dump" : "metadata",
    source,
    machine: head?.Name,
    sections,
    devices: head?.devices === undefined ? undefined : new Set(head.devices),
    ...(head?.properties === undefined ? {} : { properties: head.properties }),
    ...facts,
  };
}
