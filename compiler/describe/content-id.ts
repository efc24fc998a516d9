import { withoutPlaces } from "./declared-at.ts";
import { sha256 } from "./digest.ts";
import type { Metadata } from "./metadata.ts";

/**
 * An id for what metadata says, equal for equal content: the machine label, the order of keys and white space do not enter. What
 * changes how the sections are read does: whether they come from a stream, the list of devices, and what the machine type sets. Where
 * something is declared does not.
 */
export function contentId(metadata: Metadata): string {
  return contentIdOf(metadata, sectionIds(metadata));
}

/** As contentId, for a caller that has the sections' ids already. */
export function contentIdOf(metadata: Metadata, ids: ReadonlyMap<string, string>): string {
  const sections = [...ids].sort(([a], [b]) => (a < b ? -1 : 1));
  const devices = metadata.devices === undefined ? null : [...metadata.devices].sort();
  const { properties } = metadata;
  const facts = [metadata.origin === "stream", devices, sections];
  return sha256(JSON.stringify(properties === undefined ? facts : [...facts, canonicalJson(properties)]));
}

/** The same for each section alone, by its key. */
export function sectionIds(metadata: Metadata): ReadonlyMap<string, string> {
  return new Map([...metadata.sections].map(([type, section]) => [type, sha256(canonicalJson(withoutPlaces(metadata, section)))]));
}

/** JSON with the keys of every object sorted and no white space. Expects values that came out of JSON. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const object = value as Readonly<Record<string, unknown>>;
  let members = "";
  for (const key of Object.keys(object).sort()) {
    if (object[key] !== undefined) members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(object[key])}`;
  }
  return `{${members}}`;
}
