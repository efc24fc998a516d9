import { type Expression, Node } from "ts-morph";
import type { Expr } from "../expr/expr.ts";
import type { BodyIr, FieldIr, Place } from "../ir.ts";
import { integerOf, stringOf } from "./constants.ts";
import { bare } from "./definition.ts";
import { type KindScope, liftScope, PROPERTIES, STATE, VERSION } from "./kind-call.ts";
import { liftArrow, type Surroundings, shown } from "./lift.ts";
import { didYouMean } from "./nearest.ts";
import { type Entry, elementsOf, entriesOf, type Options, refuseOrderedKey } from "./object-entries.ts";
import { readAbsent } from "./read-absent.ts";
import { readField } from "./read-field.ts";
import type { Part, Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt, placeOf } from "./report.ts";

export const BODY_OPTIONS = ["versionId", "minimumVersionId", "fields", "exists", "absent", "validate", "formerly"] as const;

/** What a vmsd and a subsection have in common. */
export interface BodySource {
  readonly name: string;
  readonly nameNode: Node;
  readonly options: Options;
  /** The entries of `fields`, read before because predicates ask for the fields of all bodies of a vmsd. */
  readonly fields: readonly Entry[];
  readonly around: Surroundings;
}

export function readBody(source: BodySource, reading: Reading): BodyIr {
  const { name, nameNode, options, fields } = source;
  const { report, places } = reading;
  const version = (key: "versionId" | "minimumVersionId"): number =>
    attempt(report, name, () => {
      const entry = options.get(key) ?? refuse("missing-option", nameNode, `'${name}' has no ${key}.`);
      return integerOf(entry.value, reading.resolve, `'${key}' of '${name}'`, 0, MAX_VERSION);
    }) ?? 0;
  const tables = readTables(source, reading);
  const body: BodyIr = {
    name,
    versionId: version("versionId"),
    minimumVersionId: version("minimumVersionId"),
    fields: fields.flatMap((entry) => readOne(entry, source, tables, reading) ?? []),
    at: placeOf(nameNode, report.root),
  };
  const parts: Partial<Record<Part, Place>> = {};
  for (const key of ["versionId", "minimumVersionId", "needed"] as const) {
    const entry = options.get(key);
    if (entry !== undefined) parts[key] = placeOf(entry.value, report.root);
  }
  places.set(body, parts);
  return body;
}

/** `int` in the loader. */
const MAX_VERSION = 2 ** 31 - 1;

type Table = ReadonlyMap<string, Entry>;
type Tables = Readonly<Record<"exists" | "absent" | "validate" | "formerly", Table>>;

/** The entries of the sibling tables by field, each of which must be a field of the same body. */
function readTables({ name, options, fields }: BodySource, { report }: Reading): Tables {
  const known = new Set(fields.map(({ key }) => key));
  const table = (option: keyof Tables): Table => {
    const entry = options.get(option);
    const entries =
      entry === undefined ? [] : (attempt(report, name, () => entriesOf(entry.value, `'${option}' of '${name}'`, name, report)) ?? []);
    for (const { key, name: node } of entries)
      if (!known.has(key))
        attempt(report, `${name}/${key}`, () =>
          refuse("unknown-key", node, `'${option}' of '${name}' names '${key}', which is none of its fields${didYouMean(key, known)}.`),
        );
    return new Map(entries.map((each) => [each.key, each]));
  };
  return { exists: table("exists"), absent: table("absent"), validate: table("validate"), formerly: table("formerly") };
}

function readOne(entry: Entry, source: BodySource, tables: Tables, reading: Reading): FieldIr | undefined {
  const { key } = entry;
  const path = `${source.name}/${key}`;
  const { report } = reading;
  const scope: KindScope = { reading, around: source.around, field: key, path };
  const field = attempt(report, path, () => {
    refuseOrderedKey(entry, `'fields' of '${source.name}'`);
    return readField(entry.value, scope);
  });
  const part = <T>(table: Table, read: (node: Expression) => T): T | undefined => {
    const given = table.get(key);
    return given === undefined ? undefined : attempt(report, path, () => read(given.value));
  };
  const predicate = (node: Expression): Expr => readPredicate(node, scope);
  const exists = part(tables.exists, predicate);
  const validate = part(tables.validate, predicate);
  const formerly = part(tables.formerly, (node) => readNames(node, reading, `The former name of '${key}'`));
  if (field === undefined) return undefined;
  const absent = part(tables.absent, (node) => readAbsent(node, field.kind, scope));
  const ir: FieldIr = {
    key,
    name: field.name ?? key,
    kind: field.kind,
    since: field.since ?? 0,
    ...(exists === undefined ? {} : { exists }),
    ...(absent === undefined ? {} : { absent }),
    ...(validate === undefined ? {} : { validate }),
    ...(formerly === undefined ? {} : { formerly }),
    at: placeOf(entry.name, report.root),
  };
  const parts: Partial<Record<Part, Place>> = { kind: placeOf(entry.value, report.root) };
  for (const name of ["exists", "absent", "validate", "formerly"] as const) {
    const given = tables[name].get(key);
    if (given !== undefined) parts[name] = placeOf(given.value, report.root);
  }
  reading.places.set(ir, parts);
  return ir;
}

/** An arrow over the state, the properties and the version in force. */
export function readPredicate(node: Expression, scope: KindScope): Expr {
  const arrow = bare(node);
  if (!Node.isArrowFunction(arrow))
    return refuse("predicate-form", node, `A predicate is ${shown(node)}; it is an arrow written in place.`);
  return liftArrow(arrow, [STATE, PROPERTIES, VERSION], liftScope(scope, "A predicate"));
}

/** One string or several. */
function readNames(node: Expression, reading: Reading, what: string): readonly string[] {
  if (!Node.isArrayLiteralExpression(bare(node))) return [stringOf(node, reading.resolve, what)];
  return elementsOf({ key: "", name: node, value: node }, what).map((each) => stringOf(each, reading.resolve, what));
}
