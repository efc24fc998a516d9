import type { Census } from "./json-parse.ts";

/**
 * True when every value is exactly of the shape that QEMU dumps, counting the keys it knows. A value with any key beyond
 * those passes as well, but then the text has more colons than the census has keys; the caller compares the two and falls back on the
 * schema. Exists for speed: it says yes only to what the schema accepts.
 */
export function isPlainDump(value: unknown, census: Census): boolean {
  if (!isObject(value)) return false;
  let sections = 0;
  const known = new Map<unknown, Census>();
  for (const type in value) {
    census.keys++;
    const section = value[type];
    if (!isObject(section)) return false;
    if (type === "vmschkmachine" ? !isMachine(section, census) : !isSection(section, census, known)) return false;
    sections++;
  }
  return sections > 0;
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMachine(head: Json, census: Census): boolean {
  census.keys++;
  return typeof head.Name === "string";
}

function isSection(section: Json, census: Census, known: Map<unknown, Census>): boolean {
  census.keys += 4;
  if (typeof section.Name !== "string" || !isVersion(section.version_id) || !isVersion(section.minimum_version_id)) return false;
  // Types may share one object: see parseShared.
  let own = known.get(section.Description);
  if (own === undefined) {
    own = { keys: 0, counts: 0 };
    if (!isVmsd(section.Description, own, 0)) return false;
    known.set(section.Description, own);
  }
  census.keys += own.keys;
  census.counts += own.counts;
  return true;
}

function isVmsd(vmsd: unknown, census: Census, depth: number): boolean {
  // Deeper than any real layout: the strict parser then says whether it is too deep.
  if (!isObject(vmsd) || depth > 20) return false;
  census.keys += 3;
  if (typeof vmsd.name !== "string" || !isVersion(vmsd.version_id) || !isVersion(vmsd.minimum_version_id)) return false;
  const fields = vmsd.Fields;
  if (fields !== undefined) {
    census.keys++;
    if (!Array.isArray(fields)) return false;
    for (let at = 0; at < fields.length; at++) if (!isField(fields[at], census, depth)) return false;
  }
  const subsections = vmsd.Subsections;
  if (subsections !== undefined) {
    census.keys++;
    if (!Array.isArray(subsections)) return false;
    for (let at = 0; at < subsections.length; at++) if (!isVmsd(subsections[at], census, depth + 1)) return false;
  }
  return true;
}

function isField(field: unknown, census: Census, depth: number): boolean {
  if (!isObject(field)) return false;
  const { field: name, version_id, field_exists, num, size, Description: inner } = field as Partial<Record<string, unknown>>;
  if (typeof name !== "string" || typeof field_exists !== "boolean" || !isVersion(version_id) || !isVersion(size) || (size as number) < 0)
    return false;
  census.keys += 4;
  if (num !== undefined) {
    census.keys++;
    census.counts++;
    if (!isVersion(num) || (num as number) < 0) return false;
  }
  if (inner === undefined) return true;
  census.keys++;
  return isVmsd(inner, census, depth + 1);
}

/** Small integers only: the schema judges the rest. */
function isVersion(value: unknown): boolean {
  return ((value as number) | 0) === value;
}
