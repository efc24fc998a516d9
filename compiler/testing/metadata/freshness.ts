import { isDeepStrictEqual } from "node:util";
import type { Section } from "../../describe/metadata.ts";
import type { MetadataFile } from "../../describe/write-metadata.ts";
import { propertyChanges, type Sets } from "./property-changes.ts";

/** What of a machine type's generated metadata is not what the descriptors say now: properties, sections and fields by name. */
export function staleMetadata(generated: MetadataFile, written: MetadataFile, machine: string): string[] {
  const now = JSON.parse(JSON.stringify(written)) as MetadataFile;
  return [...propertyChanges(machine, headOf(generated), headOf(now), { alsoNew: true }), ...sectionChanges(generated, now)];
}

export function headOf({ vmschkmachine }: MetadataFile): Sets {
  return vmschkmachine;
}

const MOST_PATHS = 4;

function sectionChanges(before: MetadataFile, now: MetadataFile): string[] {
  const types = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((type) => type !== "vmschkmachine");
  return types.flatMap((type) => {
    const [old, new_] = [before[type] as Section | undefined, now[type] as Section | undefined];
    if (old === undefined) return [`section ${type} is new`];
    if (new_ === undefined) return [`section ${type} is gone`];
    const paths = [...differing(old, new_, "")];
    if (paths.length === 0) return [];
    return [`section ${type} differs in ${paths.slice(0, MOST_PATHS).join(", ")}${paths.length > MOST_PATHS ? " and more" : ""}`];
  });
}

/** Paths of what differs, by the names of fields and subsections. */
function* differing(before: unknown, now: unknown, at: string): Generator<string> {
  if (isDeepStrictEqual(before, now)) return;
  if (typeof before !== "object" || typeof now !== "object" || before === null || now === null) {
    yield at;
    return;
  }
  const [old, new_] = [byName(before), byName(now)];
  const sameNames = Object.keys(old).length === Object.keys(new_).length && Object.keys(old).every((key) => key in new_);
  if (Array.isArray(before) && sameNames && !isDeepStrictEqual(Object.keys(old), Object.keys(new_)))
    yield `the order of ${at === "" ? "fields" : at}`;
  for (const key of new Set([...Object.keys(old), ...Object.keys(new_)]))
    yield* differing(old[key], new_[key], step(at, key, old[key] ?? new_[key]));
}

/** Fields and subsections by their names, so that one more does not make all behind it differ; of two with one name each has its number. */
function byName(value: object): Readonly<Record<string, unknown>> {
  if (!Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  const named: Record<string, unknown> = {};
  for (const [at, each] of value.entries()) {
    const { field, name } = each as { readonly field?: string; readonly name?: string };
    const own = field ?? name ?? String(at);
    named[own in named ? `${own}#${at}` : own] = each;
  }
  return named;
}

function step(at: string, key: string, value: unknown): string {
  if (key === "Fields" || key === "Subsections" || key === "Description") return at;
  const { field, name } = (typeof value === "object" && value !== null ? value : {}) as { readonly field?: string; readonly name?: string };
  const own = field ?? name ?? key;
  return at === "" ? own : `${at}.${own}`;
}
