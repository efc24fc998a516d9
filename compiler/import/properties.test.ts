import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { Field, Vmsd } from "../describe/index.ts";
import { writeMetadata } from "../describe/write-metadata.ts";
import { type DumpedField, dumped, fixture, metadata, TestFolder } from "./test-folder.ts";

let folder = new TestFolder();
afterEach(() => {
  folder.remove();
  folder = new TestFolder();
});

const SEED = Number(process.env.VMSTATE_SEED ?? 1);

/** What both a dump and our own metadata say, without what only one of them can know. */
function shared({ name, version_id, minimum_version_id, Fields = [], Subsections = [] }: Vmsd, hasCounts: boolean): object {
  return {
    name,
    version_id,
    minimum_version_id,
    fields: Fields.map((field) => sharedField(field, hasCounts)),
    subsections: Subsections.map((each) => shared(each, hasCounts)),
  };
}

function sharedField({ field, version_id, field_exists, num, size, Description }: Field, hasCounts: boolean): object {
  return {
    field,
    // Where a predicate decides the version is without effect.
    version_id: field_exists === true ? 0 : version_id,
    field_exists,
    ...(hasCounts ? { num } : {}),
    // A struct's size in memory is nobody's business.
    ...(Description === undefined ? { size } : { inner: shared(Description, hasCounts) }),
  };
}

function expectAgreement(dump: Readonly<Record<string, { readonly Description?: Vmsd }>>, hasCounts: boolean): void {
  const own = writeMetadata(folder.compile()) as unknown as typeof dump;
  for (const [type, { Description }] of Object.entries(dump)) {
    if (type === "vmschkmachine" || Description === undefined) continue;
    const { Description: written } = own[type] ?? {};
    expect({ type, ...(written && shared(written, hasCounts)) }).toEqual({ type, ...shared(Description, hasCounts) });
  }
}

test.each([
  ["dumps/qemu-5.2-pc-i440fx-2.2.json.gz", false],
  ["dumps/qemu-10.0-pc-i440fx-2.12.json.gz", true],
])("every section of %s comes back as it was", (path, hasCounts) => {
  const input = fixture(path);
  folder.import([input]);
  expectAgreement(JSON.parse(input.source.text), hasCounts);
  expect(folder.import([input])).toMatchObject({ files: [], additions: [], findings: [] });
});

/** A kind with what a dump and a stream say of it. */
interface Model {
  readonly type: string;
  readonly wire: number;
  readonly memory: number;
}

const KINDS: readonly Model[] = [
  ...["bool", "int8", "uint8", "uint8 equal"].map((type) => ({ type, wire: 1, memory: 1 })),
  ...["int16", "uint16", "uint16 equal"].map((type) => ({ type, wire: 2, memory: 2 })),
  ...["int32", "uint32", "int32 equal", "int32 le"].map((type) => ({ type, wire: 4, memory: 4 })),
  ...["int64", "uint64", "int64 equal", "float64"].map((type) => ({ type, wire: 8, memory: 8 })),
  { type: "timer", wire: 8, memory: 48 },
  { type: "buffer", wire: 5, memory: 5 },
  { type: "unused_buffer", wire: 6, memory: 6 },
];

interface FieldModel {
  readonly name: string;
  readonly kind: Model;
  readonly count: number;
  readonly since: number;
  readonly isConditional: boolean;
  readonly isSent: boolean;
  readonly inner: number | undefined;
}

const fieldModel: fc.Arbitrary<FieldModel> = fc.record({
  name: fc.constantFrom("a", "b", "c.d", "e[0]", "7", "with space", "unused", "timer"),
  kind: fc.constantFrom(...KINDS),
  count: fc.constantFrom(1, 1, 1, 3),
  since: fc.constantFrom(0, 0, 2),
  isConditional: fc.boolean(),
  isSent: fc.boolean(),
  inner: fc.constantFrom(undefined, undefined, undefined, 0, 1),
});

const bodyModel = fc.array(fieldModel, { maxLength: 6 });
const isWhole = ({ type }: Model): boolean => type === "buffer" || type === "unused_buffer";

function dumpedBody(name: string, fields: readonly FieldModel[], inner: readonly object[], more: object = {}): object {
  return dumped(
    name,
    fields.map(({ name: field, kind, count, since, isConditional, inner: at }): DumpedField => {
      const facts = { field, version_id: since, field_exists: isConditional };
      if (at !== undefined && inner[at] !== undefined)
        return { ...facts, size: 100, Description: inner[at], ...(count > 1 ? { num: count } : {}) };
      return { ...facts, size: kind.memory, ...(count > 1 && !isWhole(kind) ? { num: count } : {}) };
    }),
    { version_id: 2, ...more },
  );
}

function sentBody(
  name: string,
  fields: readonly FieldModel[],
  inner: readonly { vmsd_name: string }[],
  more: object = {},
): { vmsd_name: string } {
  const total = (each: string): number => fields.filter((field) => field.name === each).length;
  const nth = (at: number): number => fields.slice(0, at).filter((field) => field.name === fields[at]?.name).length;
  const sent = fields.flatMap(({ name: field, kind, count, isConditional, isSent, inner: within }, at) => {
    if (isConditional && !isSent) return [];
    const told = total(field) > 1 ? `${field}[${nth(at)}]` : field;
    const struct = within === undefined ? undefined : inner[within];
    const array = count > 1 && (struct !== undefined || !isWhole(kind)) ? { array_len: count } : {};
    return [
      struct === undefined
        ? { name: told, ...array, type: kind.type, size: kind.wire }
        : { name: told, ...array, type: "struct", struct, size: 9 },
    ];
  });
  return { vmsd_name: name, version: 2, fields: sent, ...more } as { vmsd_name: string };
}

test("a random dump with a stream of it comes back as it was, with the stream's kinds", () => {
  fc.assert(
    fc.property(fc.tuple(bodyModel, bodyModel), bodyModel, bodyModel, fc.boolean(), (nested, main, subsection, isSent) => {
      const plain = nested.map((fields) => fields.map((field) => ({ ...field, inner: undefined })));
      const inner = plain.map((fields, at) => dumpedBody(`inner${at}`, fields, []));
      const sentInner = plain.map((fields, at) => sentBody(`inner${at}`, fields, []));
      const dump = {
        vmschkmachine: { Name: "pc" },
        dev: {
          Name: "dev",
          version_id: 2,
          minimum_version_id: 1,
          Description: dumpedBody("dev", main, inner, { Subsections: [dumpedBody("dev/sub", subsection, inner)] }),
        },
      };
      const body = sentBody("dev", main, sentInner, isSent ? { subsections: [sentBody("dev/sub", subsection, sentInner)] } : {});
      const stream = { page_size: 4096, devices: [{ name: "dev", instance_id: 0, ...body }] };
      folder.remove();
      folder = new TestFolder();
      const inputs = [metadata(dump), metadata(stream)];
      folder.import(inputs);
      expectAgreement(dump as never, true);
      const { Fields = [] } = (writeMetadata(folder.compile()).dev as { Description: Vmsd }).Description;
      for (const [at, { kind, isConditional, isSent: wasSent, inner: within }] of main.entries())
        if (!isConditional || wasSent) expect(Fields[at]?.kind).toBe(within === undefined ? kind.type : "struct");
      expect(folder.import(inputs)).toMatchObject({ files: [], additions: [], findings: [] });
    }),
    { seed: SEED, numRuns: 40 },
  );
});
