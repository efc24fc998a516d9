import { type Position, pointerSegment } from "../../describe/index.ts";
import type { SchemaFault } from "../gen/validators.js";
import { type Document, segmentsOf } from "./document.ts";
import { nearest } from "./nearest.ts";

/** What is wrong with a side file: one sentence, and where. */
export interface Fault {
  readonly message: string;
  readonly position: Position | undefined;
}

/** Says the first fault that ajv found in the words of the file, with the known name that is nearest to an unknown one. */
export function faultOf(document: Document, schema: object, faults: readonly SchemaFault[] | null | undefined): Fault {
  const [fault] = faults ?? [];
  if (fault === undefined) return { message: "The file has the wrong shape.", position: undefined };
  const at = fault.instancePath;
  const place = at === "" ? "The file" : `'${segmentsOf(at).join("/")}'`;
  const value = valueAt(document.value, at);
  const onKey = (key: string, what: string, known: readonly string[]): Fault => ({
    message: `${what}${suggestion(key, known)}`,
    position: document.keyAt(at + pointerSegment(key)),
  });
  const onValue = (message: string): Fault => ({ message: `${place} ${message}`, position: document.valueAt(at) });

  const wrongKey = fault.propertyName;
  if (wrongKey !== undefined) return onKey(wrongKey, `Unknown key '${wrongKey}' in ${place}`, words(fault.params.allowedValues));
  const part = partFor(schema, at);
  // Each branch complains for itself; only all of them together say what is missing.
  if (faults?.at(-1)?.keyword === "anyOf") {
    const branches = part?.anyOf ?? [];
    return onValue(`must have at least one of ${listed(branches.flatMap(({ required }) => required ?? []))}.`);
  }
  switch (fault.keyword) {
    case "additionalProperties": {
      const key = String(fault.params.additionalProperty);
      return onKey(key, `Unknown key '${key}'${at === "" ? "" : ` in ${place}`}`, Object.keys(part?.properties ?? {}));
    }
    case "enum":
      return onValue(`is ${shown(value)}${suggestion(typeof value === "string" ? value : "", words(fault.params.allowedValues))}`);
    case "const":
      return onValue(`is ${shown(value)}; it must be ${JSON.stringify(fault.params.allowedValue)}.`);
    case "required":
      return onValue(`lacks '${fault.params.missingProperty}'.`);
    case "pattern":
      return onValue(`is ${shown(value)}; it is written like ${JSON.stringify(part?.examples?.[0])}.`);
    default:
      return onValue(`${fault.message ?? "has the wrong shape"}.`);
  }
}

/** The parts of JSON Schema that the published schemas of side files use. */
interface SchemaPart {
  readonly $ref?: string;
  readonly then?: SchemaPart;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly additionalProperties?: SchemaPart | false;
  readonly items?: SchemaPart;
  readonly anyOf?: readonly SchemaPart[];
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
}

/** The part of a schema that speaks of a place in the file: ajv's own schemaPath begins anew at each `$ref`. */
function partFor(schema: object, pointer: string): SchemaPart | undefined {
  const resolved = (part: SchemaPart | false | undefined): SchemaPart | undefined => {
    if (part === undefined || part === false) return undefined;
    if (part.$ref !== undefined) return resolved(valueAt(schema, part.$ref) as SchemaPart);
    // Where a scalar or an object will do, only the object has parts.
    return part.properties === undefined && part.then !== undefined ? resolved(part.then) : part;
  };
  let part = resolved(schema);
  for (const segment of segmentsOf(pointer)) part = resolved(part?.properties?.[segment] ?? part?.items ?? part?.additionalProperties);
  return part;
}

function suggestion(word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  if (guess !== undefined) return `; did you mean '${guess}'?`;
  return known.length <= 12 ? `; known are ${listed(known)}.` : ".";
}

/** A value as one line of a message can hold it. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}

function listed(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}

function words(values: unknown): string[] {
  return Array.isArray(values) ? values.map(String) : [];
}

/** Follows a JSON Pointer, also one that begins with `#`. */
function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const segment of segmentsOf(pointer)) value = (value as Record<string, unknown> | undefined)?.[segment];
  return value;
}
