import { sourceOfBytes } from "../../runtime/stream/byte-source.ts";
import { readState } from "../../runtime/stream/description/read-state.ts";
import { writeValue } from "../../runtime/stream/description/values.ts";
import type { Problem } from "../../runtime/stream/errors.ts";
import type { Sink } from "../../runtime/stream/read/context.ts";
import { readStream } from "../../runtime/stream/read-stream.ts";
import type { FieldNode, SectionState, VmsdNode } from "../../runtime/stream/state.ts";

/** A section's values as QEMU's analyze-migration.py prints them, numbers and bytes brought down to the same hex digits. */
export type Analyzed = string | boolean | readonly Analyzed[] | { readonly [name: string]: Analyzed };

/** The described sections of a stream as the script has them, by its names for them. */
export function analyzedStream(bytes: Uint8Array): {
  readonly sections: ReadonlyMap<string, Analyzed>;
  readonly problems: readonly Problem[];
} {
  const sections = new Map<string, Analyzed>();
  const problems: Problem[] = [];
  const sink: Sink = {
    item: () => {},
    page: () => {},
    section: ({ name, id, body }, content, layout) => {
      if (layout !== undefined) sections.set(`${name} (${id})`, analyzed(readState(layout, { bytes: content, at: body.at })));
    },
    problem: (problem) => problems.push(problem),
  };
  readStream(sourceOfBytes(bytes), sink, { payloads: false });
  return { sections, problems };
}

/** What the script would make of a state that was decoded here. */
function analyzed(state: Pick<SectionState, "fields" | "subsections">): Analyzed {
  const all = new Map<string, Analyzed[]>();
  const add = (name: string, value: Analyzed): void => {
    all.set(name, [...(all.get(name) ?? []), value]);
  };
  for (const field of state.fields) for (const value of valuesOf(field)) add(field.name, value);
  for (const subsection of state.subsections) add(subsection.vmsd, analyzed(subsection));
  // Entries of one name are a list, however they came about.
  return Object.fromEntries([...all].map(([name, values]) => [name, values.length === 1 ? (values[0] as Analyzed) : values]));
}

function valuesOf(field: FieldNode): readonly Analyzed[] {
  const { type, size, value, struct, elements } = field;
  if (type === "struct" && struct !== undefined) return asList(struct).map(analyzed);
  if (struct !== undefined) return asList(struct).map(bytesOfVmsd);
  if (elements !== undefined) return [`${elements.map((each) => `01${bytesOfVmsd(each)}`).join("")}00`];
  return asList(value).map((each) => (typeof each === "boolean" ? each : type === "nullptr" ? "nullptr" : hexOf(type, size, each)));
}

/** The script knows nothing of other kinds of structs and prints their bytes. */
function bytesOfVmsd({ fields, subsections }: VmsdNode): string {
  if (subsections.length > 0) throw new Error("A subsection within a struct of bytes is not expected here.");
  return fields
    .flatMap((field) => valuesOf(field).map((value) => (typeof value === "string" ? value : value === true ? "01" : "00")))
    .join("");
}

function hexOf(type: string, size: number, value: unknown): string {
  const bytes = Buffer.alloc(size);
  if (!writeValue(type, size, new DataView(bytes.buffer, bytes.byteOffset, size), 0, value)) throw new Error(`${value} is no ${type}.`);
  return bytes.toString("hex");
}

/** The script's own output in the same form. */
export function normalised(json: unknown): Analyzed {
  if (typeof json === "boolean") return json;
  if (typeof json === "string") return /^0x([0-9a-f]+)(?: \(-\d+\))?$/.exec(json)?.[1] ?? json.replaceAll(" ", "");
  if (Array.isArray(json)) return json.map(normalised);
  return Object.fromEntries(Object.entries(json as object).map(([name, value]) => [name, normalised(value)]));
}

/** Values in it, and the path of the first that differs. */
export function compareAnalyzed(ours: Analyzed | undefined, theirs: Analyzed | undefined, path = ""): { values: number; differs?: string } {
  if (typeof ours !== "object" || typeof theirs !== "object")
    return ours === theirs
      ? { values: 1 }
      : { values: 1, differs: `${path}: ${JSON.stringify(ours)} here, ${JSON.stringify(theirs)} there` };
  const [own, other] = [new Map(Object.entries(ours)), new Map(Object.entries(theirs))];
  let values = 0;
  for (const key of new Set([...own.keys(), ...other.keys()])) {
    const compared = compareAnalyzed(own.get(key), other.get(key), `${path}/${key}`);
    values += compared.values;
    if (compared.differs !== undefined) return { values, differs: compared.differs };
  }
  return { values };
}

function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value as T];
}
