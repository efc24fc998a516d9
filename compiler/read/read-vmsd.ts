import type { Expression, Node } from "ts-morph";
import type { BodyIr, Scalar, SubsectionIr, VmsdIr } from "../ir.ts";
import { booleanOf, constantOf, integerOf, stringOf } from "./constants.ts";
import { withInherited } from "./inherited-properties.ts";
import type { KindScope } from "./kind-call.ts";
import type { Surroundings } from "./lift.ts";
import { type FlatSubsection, nestSubsections } from "./nest-subsections.ts";
import { type Entry, elementsOf, entriesOf, type Options, optionsOf, refuseOrderedKey } from "./object-entries.ts";
import { BODY_OPTIONS, type BodySource, readBody, readPredicate } from "./read-body.ts";
import { readConfigured } from "./read-configured.ts";
import type { Declared, Reading } from "./reading.ts";
import { refuse } from "./refusal.ts";
import { attempt } from "./report.ts";

const VMSD_OPTIONS = [
  ...BODY_OPTIONS,
  "properties",
  "subsections",
  "types",
  "needed",
  "early",
  "priority",
  "unmigratable",
  "aliases",
  "instanceId",
  "behindPath",
  "configured",
];
const SUBSECTION_OPTIONS = [...BODY_OPTIONS, "needed", "of"];

/** Reads one `vmsd("name", {...})`. What is refused in it is noted; the rest is read all the same, so that all is said at once. */
export function readVmsd({ id, call }: Declared, reading: Reading): VmsdIr | undefined {
  const { report, resolve, places } = reading;
  const [nameNode, description] = call.getArguments() as Expression[];
  if (nameNode === undefined || description === undefined)
    return attempt(report, id, () => refuse("missing-option", call, `'${id}' has no name or no description.`));
  const name = attempt(report, id, () => stringOf(nameNode, resolve, `The name of '${id}'`)) ?? id;
  const options = attempt(report, name, () => optionsOf(description, VMSD_OPTIONS, "A vmsd", name, report));
  if (options === undefined) return undefined;

  const fields = fieldEntries(name, nameNode, options, reading);
  const subsections = subsectionSources(name, options, reading);
  const properties = readProperties(name, options.get("properties"), reading);
  const keys = [fields, ...subsections.map((each) => each.fields)].flat().map(({ key }) => key);
  const around: Surroundings = { vmsd: name, fields: new Set(keys), properties: new Set(Object.keys(properties)) };

  const body = readBody({ name, nameNode, options, fields, around }, reading);
  const flat = subsections.map((source) => readSubsection({ ...source, around }, reading));
  const bodies: BodyIr[] = [body, ...flat.map((each) => each.body)];
  const scope: KindScope = { reading, around, field: "needed", path: name };
  const part = <T>(key: string, read: (node: Expression, what: string) => T): Partial<Record<string, T>> => {
    const entry = options.get(key);
    const value = entry === undefined ? undefined : attempt(report, name, () => read(entry.value, `'${key}' of '${name}'`));
    return value === undefined ? {} : { [key]: value };
  };
  const vmsd: VmsdIr = {
    id,
    ...body,
    properties: withInherited(name, properties, bodies, nameNode, reading),
    subsections: nestSubsections(name, flat, reading),
    types: readStrings(options.get("types"), `'types' of '${name}'`, name, reading),
    ...part("needed", (node) => readPredicate(node, scope)),
    ...part("early", (node, what) => booleanOf(node, resolve, what)),
    ...part("priority", (node, what) => integerOf(node, resolve, what, -MAX_PRIORITY, MAX_PRIORITY)),
    ...part("unmigratable", (node, what) => booleanOf(node, resolve, what)),
    ...(options.has("aliases") ? { aliases: readStrings(options.get("aliases"), `'aliases' of '${name}'`, name, reading) } : {}),
    ...part("instanceId", (node, what) => integerOf(node, resolve, what, 0)),
    ...part("behindPath", (node, what) => booleanOf(node, resolve, what)),
    ...part("configured", (node, what) => readConfigured(node, what, name, properties, reading)),
  };
  places.set(vmsd, places.get(body) ?? {});
  return vmsd;
}

const MAX_PRIORITY = 2 ** 31 - 1;

function fieldEntries(name: string, node: Node, options: Options, { report }: Reading): Entry[] {
  const read = (): Entry[] => {
    const entry = options.get("fields") ?? refuse("missing-option", node, `'${name}' has no fields.`);
    return entriesOf(entry.value, `'fields' of '${name}'`, name, report);
  };
  return attempt(report, name, read) ?? [];
}

function subsectionSources(name: string, options: Options, reading: Reading): Omit<BodySource, "around">[] {
  const { report } = reading;
  const table = options.get("subsections");
  if (table === undefined) return [];
  const entries = attempt(report, name, () => entriesOf(table.value, `'subsections' of '${name}'`, name, report)) ?? [];
  return entries.flatMap(({ key, name: nameNode, value }) => {
    const inner = attempt(report, key, () => optionsOf(value, SUBSECTION_OPTIONS, "A subsection", key, report));
    if (inner === undefined) return [];
    return [{ name: key, nameNode, options: inner, fields: fieldEntries(key, nameNode, inner, reading) }];
  });
}

function readSubsection(source: BodySource, reading: Reading): FlatSubsection {
  const { name, options, around } = source;
  const { report, resolve, places } = reading;
  const body = readBody(source, reading);
  const needed = options.get("needed");
  const of = options.get("of");
  const scope: KindScope = { reading, around, field: "needed", path: name };
  const expr = needed === undefined ? undefined : attempt(report, name, () => readPredicate(needed.value, scope));
  const outer = of === undefined ? undefined : attempt(report, name, () => stringOf(of.value, resolve, `The 'of' of '${name}'`));
  const own: Omit<SubsectionIr, "subsections"> = { ...body, ...(expr === undefined ? {} : { needed: expr }) };
  return { body: own, of: outer, ofNode: of?.value, parts: places.get(body) ?? {} };
}

function readProperties(name: string, entry: Entry | undefined, reading: Reading): Record<string, Scalar> {
  const { report, resolve } = reading;
  if (entry === undefined) return {};
  const what = `'properties' of '${name}'`;
  const entries = attempt(report, name, () => entriesOf(entry.value, what, name, report)) ?? [];
  const properties: Record<string, Scalar> = {};
  for (const each of entries)
    attempt(report, name, () => {
      refuseOrderedKey(each, what);
      const value = constantOf(each.value, resolve, `The default of property '${each.key}'`);
      if (typeof value === "bigint")
        return refuse(
          "wrong-type",
          each.value,
          `The default of property '${each.key}' is a bigint; it is a number, a boolean or a string.`,
        );
      properties[each.key] = value;
    });
  return properties;
}

export function readStrings(entry: Entry | undefined, what: string, path: string, { report, resolve }: Reading): string[] {
  const elements = attempt(report, path, () => elementsOf(entry, what)) ?? [];
  return elements.flatMap((each) => attempt(report, path, () => stringOf(each, resolve, what)) ?? []);
}
