import { Node, type ObjectLiteralExpression, type SourceFile } from "ts-morph";
import type { Ir, Place, Scalar } from "../ir.ts";
import { constantOf } from "./constants.ts";
import { findDeclarations } from "./declarations.ts";
import { bare, type Resolve, resolver } from "./definition.ts";
import { type Entry, entriesOf } from "./object-entries.ts";
import { readAll } from "./read-all.ts";
import { placeOf, type Report } from "./report.ts";
import { SchemaError, SchemaErrors } from "./schema-error.ts";
import { loadSourceFiles, type SourceFiles } from "./source-files.ts";

/**
 * A property where one machine type sets it, not where others inherit it. What it puts around the sections or leaves off is one too, of a
 * device by the name of `container`.
 */
export interface Pin {
  /** The id of the machine type. */
  readonly machine: string;
  /** The build that it is set for; absent where it is set for all. */
  readonly profile?: string;
  readonly vmsd: string;
  readonly property: string;
  readonly value: Scalar;
  readonly at: Place;
}

const CONTAINER = "container";

interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Descriptors that are parsed once, to be read as they are and with one property or another no longer set. No file is written. */
export class Pins {
  readonly all: readonly Pin[];
  readonly #root: string;
  readonly #sources: SourceFiles;
  readonly #spans: ReadonlyMap<Pin, Span>;

  /** Throws what readDescriptors does. `files` are relative to `root`. */
  constructor(root: string, files: readonly string[]) {
    this.#root = root;
    this.#sources = loadSourceFiles(root, files);
    this.#spans = findPins(this.#sources, root);
    this.all = [...this.#spans.keys()];
  }

  /** What the descriptors say. */
  read(): Ir {
    const report = newReport(this.#root);
    const { ir } = readAll(this.#sources, report);
    const errors = report.findings.flatMap((each) => (each.level === "error" ? [new SchemaError(each)] : []));
    if (errors.length > 0) throw new SchemaErrors(errors, []);
    return ir;
  }

  /** What they say without the line that sets this property. */
  readWithout(pin: Pin): Ir {
    const span = this.#spans.get(pin);
    if (span === undefined) throw new Error(`${pin.vmsd}.${pin.property} is not set by ${pin.machine}.`);
    const text = span.file.getFullText();
    span.file.replaceWithText(text.slice(0, span.start) + text.slice(span.end));
    try {
      return this.read();
    } finally {
      span.file.replaceWithText(text);
    }
  }
}

function newReport(root: string): Report {
  return { root, findings: [], refusals: 0 };
}

function findPins(sources: SourceFiles, root: string): Map<Pin, Span> {
  const report = newReport(root);
  const resolve = resolver(sources);
  const found = new Map<Pin, Span>();
  for (const { is, id, call } of findDeclarations(sources.all, resolve, report).values()) {
    const options = call.getArguments()[1];
    if (is !== "machine" || !Node.isExpression(options)) continue;
    const given = entries(options, report);
    const add = (table: Entry | undefined, profile: string | undefined): void => {
      for (const [pin, span] of pinsIn(table, resolve, report))
        found.set({ machine: id, ...(profile === undefined ? {} : { profile }), ...pin }, span);
    };
    add(given.get("properties"), undefined);
    for (const [pin, span] of pinsOf(CONTAINER, given.get(CONTAINER)?.value, resolve, report)) found.set({ machine: id, ...pin }, span);
    for (const [profile, { value }] of entries(given.get("profiles")?.value, report))
      add(entries(value, report).get("properties"), profile);
  }
  return found;
}

function entries(node: Entry["value"] | undefined, report: Report): ReadonlyMap<string, Entry> {
  return new Map(node === undefined ? [] : entriesOf(node, "", "", report).map((entry) => [entry.key, entry]));
}

type Found = [Pick<Pin, "vmsd" | "property" | "value" | "at">, Span];

function pinsIn(table: Entry | undefined, resolve: Resolve, report: Report): Found[] {
  return [...entries(table?.value, report)].flatMap(([vmsd, { value }]) => pinsOf(vmsd, value, resolve, report));
}

function pinsOf(vmsd: string, values: Entry["value"] | undefined, resolve: Resolve, report: Report): Found[] {
  const object = values === undefined ? undefined : bare(values);
  if (!Node.isObjectLiteralExpression(object)) return [];
  return [...entries(values, report)].flatMap(([property, { name, value }]): Found[] => {
    const constant = constantOf(value, resolve, property);
    if (typeof constant === "bigint") return [];
    return [[{ vmsd, property, value: constant, at: placeOf(name, report.root) }, spanOf(name, object)]];
  });
}

/** The entry up to where the next one begins: what is left is an object still. */
function spanOf(name: Node, object: ObjectLiteralExpression): Span {
  const properties = object.getProperties();
  const at = properties.findIndex((each) => each.getStart() <= name.getStart() && name.getEnd() <= each.getEnd());
  const own = properties[at] as (typeof properties)[number];
  return { file: own.getSourceFile(), start: own.getStart(), end: properties[at + 1]?.getStart() ?? object.getEnd() - 1 };
}
