import { type Metadata, readMetadata } from "../../describe/index.ts";

export interface Device {
  /** version_id and minimum_version_id. */
  readonly versions: readonly [number, number];
  /** Field names with the version in which each appeared; every one has four bytes. */
  readonly fields: Readonly<Record<string, number>>;
  /** Whether only code knows what the fields send. */
  readonly opaque?: boolean;
}

/** The text of a small dump, for tests. */
export function dumpText(machine: string, devices: Readonly<Record<string, Device>>): string {
  const sections = Object.entries(devices).map(([type, { versions, fields, opaque }]) => {
    const [version_id, minimum_version_id] = versions;
    const Fields = Object.entries(fields).map(([field, since]) => ({
      field,
      version_id: since,
      field_exists: false,
      num: 1,
      size: opaque === true ? 0 : 4,
    }));
    return [type, { Name: type, version_id, minimum_version_id, Description: { name: type, version_id, minimum_version_id, Fields } }];
  });
  return JSON.stringify({ vmschkmachine: { Name: machine }, ...Object.fromEntries(sections) }, undefined, 2);
}

/** The same as metadata that was read from a file of that name. */
export function dump(machine: string, devices: Readonly<Record<string, Device>>, path = "dump.json"): Metadata {
  return readMetadata(Buffer.from(dumpText(machine, devices)), path, { sha256: () => "0".repeat(64) });
}

/**
 * Four builds of one device: 1.0 to 1.1 adds a guarded field, 1.2 refuses what 1.0 sends, 2.0 appends a field without a guard.
 */
export const HISTORY: Readonly<Record<string, Readonly<Record<string, Device>>>> = {
  "1.0": { timer: { versions: [1, 1], fields: { a: 0 } } },
  "1.1": { timer: { versions: [2, 1], fields: { a: 0, b: 2 } } },
  "1.2": { timer: { versions: [2, 2], fields: { a: 0, b: 2 } } },
  "2.0": { timer: { versions: [2, 2], fields: { a: 0, b: 2, c: 0 } } },
};
