import { relative } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type DumpedField, description, dump, dumped, metadata, type SentField, TestFolder } from "./test-folder.ts";

let folder = new TestFolder();
afterEach(() => {
  folder.remove();
  folder = new TestFolder();
});

const field = (name: string, size = 1, more: object = {}): DumpedField => ({ field: name, size, ...more });
const sent = (name: string, type = "uint8", size = 1, more: object = {}): SentField => ({ name, type, size, ...more });
const dumpOf = (fields: readonly DumpedField[], more: object = {}) => metadata(dump(dumped("dev", fields, more)));
const streamOf = (fields: readonly SentField[]) => metadata(description({ name: "dev", fields }));

/** As a person may have written it: nothing is where an importer would put it. */
const BY_HAND = `// Copyright the author.
import { named, uint8 as byte, uint16, vmsd } from "vmstate/schema";
import { limit } from "./limits.ts";

const MASK = 0x10; // of the guest

/** The device. */
export const myDevice = vmsd("dev", {
  types: ["dev-0"],
  fields: {
    a: byte, // first
    // What follows is old.
    second: named("b", uint16),
    /* third */ c: byte,
  },
  validate: { a: (s) => s.a < limit },
  exists: { c: (s) => (s.a & MASK) !== 0 },
  absent: { c: 7 },
  minimumVersionId: 1,
  versionId: 1,
});

export const other = "kept";
`;
const LIMITS = "export const limit = 10;\n";

function byHand(text = BY_HAND): void {
  folder.put("device.ts", text).put("limits.ts", LIMITS);
}

/** Lines that are in one text and not in the other, as a diff shows them. */
function changed(before: string, after: string): string[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line.trim()}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
}

const SIZE_ALONE = "+ // import: Kind by size alone: no stream shows it. How many there are is not in the metadata.";
const SAME = [field("a"), field("b", 2), field("c", 1, { field_exists: true })];

test("nothing is changed where nothing is missing", () => {
  byHand();
  const { files, additions, findings } = folder.import([dumpOf(SAME)]);
  expect({ files, additions, findings }).toEqual({ files: [], additions: [], findings: [] });
});

test("fields are added in their places, and all that a person wrote is kept", () => {
  byHand();
  const fields = [
    field("first", 4),
    field("a"),
    field("b", 2),
    field("between", 8, { version_id: 2 }),
    field("c", 1, { field_exists: true }),
    field("maybe", 2, { field_exists: true }),
  ];
  const { additions, findings } = folder.import([dumpOf(fields, { version_id: 2 })]);
  expect(findings).toEqual([]);
  expect(additions.map(({ sentence }) => sentence)).toEqual([
    "version 2 instead of 1",
    "field 'first'",
    "field 'between'",
    "field 'maybe'",
  ]);
  expect(changed(BY_HAND, folder.text("device.ts"))).toEqual([
    '- import { named, uint8 as byte, uint16, vmsd } from "vmstate/schema";',
    "- exists: { c: (s) => (s.a & MASK) !== 0 },",
    "- versionId: 1,",
    '+ import { named, since, uint8 as byte, uint16, uint32, uint64, vmsd } from "vmstate/schema";',
    SIZE_ALONE,
    "+ first: uint32,",
    SIZE_ALONE,
    "+ between: since(2, uint64),",
    SIZE_ALONE,
    "+ // import: Conditional; the predicate is not in the metadata.",
    "+ maybe: uint16,",
    "+ exists: { c: (s) => (s.a & MASK) !== 0, maybe: (_s, m) => m.has_maybe },",
    "+ versionId: 2,",
    "+ properties: { has_maybe: true },",
  ]);
  const { dev } = Object.fromEntries(Object.values(folder.compile().vmsds).map((vmsd) => [vmsd.name, vmsd]));
  expect(dev?.fields.map(({ key }) => key)).toEqual(["first", "a", "second", "between", "c", "maybe"]);
  expect(folder.import([dumpOf(fields, { version_id: 2 })])).toMatchObject({ files: [], additions: [], findings: [] });
});

test("subsections and types are added, with a flag for when they are sent", () => {
  byHand();
  const Subsections = [dumped("dev/more", [field("a", 4)], { Subsections: [dumped("dev/more/deep", [field("d")])] })];
  const input = metadata({
    ...dump(dumped("dev", SAME, { Subsections })),
    another: { Name: "another", version_id: 1, minimum_version_id: 1, Description: dumped("dev", SAME, { Subsections }) },
  });
  const { additions } = folder.import([input]);
  expect(additions.map(({ path }) => path)).toEqual(["dev", "dev/more", "dev/more/deep"]);
  const text = folder.text("device.ts");
  expect(text).toContain('types: ["dev-0", "another"],');
  expect(text).toContain('    /* third */ c: byte,\n    sent_more: sent("dev/more"),\n    sent_deep: sent("dev/more/deep"),\n');
  expect(text).toContain('a_1: named("a", uint32),');
  const [vmsd] = Object.values(folder.compile().vmsds);
  expect(vmsd?.subsections[0]?.subsections[0]?.name).toBe("dev/more/deep");
  expect(folder.import([input])).toMatchObject({ files: [], additions: [], findings: [] });
});

test("a comment keeps out what is left out on purpose", () => {
  byHand(
    BY_HAND.replace("// Copyright the author.", "// Copyright the author.").replace(
      "  fields: {",
      "  // not imported: gone, dev/more, dev-1\n  fields: {",
    ),
  );
  const more = { Subsections: [dumped("dev/more", [field("x")])] };
  const description = dumped("dev", [...SAME, field("gone", 4)], more);
  const { files } = folder.import([metadata(dump(description, description))]);
  expect(files).toEqual([]);
});

test.each<[string, DumpedField[], object, string]>([
  ["field-not-in-metadata", [field("a"), field("b", 2)], {}, "Field 'c' is not in the metadata."],
  [
    "other-size",
    [field("a", 4), field("b", 2), field("c", 1, { field_exists: true })],
    {},
    "Field 'a' has 1 byte; by its size in memory it has 4 bytes.",
  ],
  [
    "field-order",
    [field("b", 2), field("a"), field("c", 1, { field_exists: true })],
    {},
    "Field 'a' stands in front of 'second'; on the wire it is behind.",
  ],
  ["other-condition", [field("a"), field("b", 2), field("c")], {}, "Field 'c' has a condition; in the metadata it has none."],
  [
    "other-since",
    [field("a", 1, { version_id: 2 }), field("b", 2), field("c", 1, { field_exists: true })],
    { version_id: 2 },
    "Field 'a' is there from version 0 on; the metadata says 2.",
  ],
  ["other-minimum-version", SAME, { minimum_version_id: 0 }, "'dev' accepts versions from 1 on; the metadata says 0."],
])("%s is reported and left as it is", (code, fields, more, sentence) => {
  byHand();
  const { findings, additions } = folder.import([dumpOf(fields, more)]);
  expect(findings.map((each) => [each.code, each.sentence])).toContainEqual([code, sentence]);
  expect(findings).toHaveLength(1);
  expect(additions.filter((each) => !each.sentence.startsWith("version"))).toEqual([]);
});

test("what streams say of kinds and sizes is held against a declaration", () => {
  byHand();
  const { findings } = folder.import([streamOf([sent("a", "int8"), sent("b", "uint16", 2, { array_len: 3 })])]);
  expect(findings.map(({ code, sentence }) => `${code}: ${sentence}`)).toEqual([
    "other-kind: Field 'a' is uint8; streams have int8.",
    "other-size: Field 'second' has 2 bytes; in streams it has 6 bytes.",
  ]);
});

test("a declared subsection and a declared name that metadata lacks are reported", () => {
  byHand(
    BY_HAND.replace(
      "  versionId: 1,\n",
      '  versionId: 1,\n  subsections: { "dev/own": { versionId: 1, minimumVersionId: 1, fields: { own: byte } } },\n',
    ),
  );
  const { findings } = folder.import([dumpOf(SAME)]);
  expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual(["subsection-not-in-metadata dev/own"]);
});

test("what is not written in place is reported, and the rest is done", () => {
  byHand(BY_HAND.replace("versionId: 1,\n});", "versionId: NEWEST,\n});").replace("const MASK", "const NEWEST = 1;\nconst MASK"));
  const { findings, additions } = folder.import([dumpOf([...SAME, field("d")], { version_id: 3 })]);
  expect(findings.map(({ code, sentence }) => `${code}: ${sentence}`)).toEqual([
    "not-literal: Version 3 belongs into 'versionId', which is not written in place.",
  ]);
  expect(additions.map(({ sentence }) => sentence)).toEqual(["field 'd'"]);
});

test("a vmsd that is new and belongs to one that is there is put in front of it", () => {
  byHand();
  const inner = dumped("inner", [field("x")]);
  folder.import([dumpOf([...SAME, field("held", 64, { Description: inner })])]);
  const text = folder.text("device.ts");
  expect([...folder.texts.keys()]).toEqual(["device.ts", "limits.ts"]);
  expect(text.indexOf("export const inner")).toBeLessThan(text.indexOf("/** The device. */"));
  expect(text).toContain("held: struct(inner),");
  folder.compile();
});

test("names of the language that a file has for itself, or as a whole, are respected", () => {
  folder.put(
    "a.ts",
    `import * as all from "vmstate/schema";\nexport const dev = all.vmsd("dev", { versionId: 1, minimumVersionId: 1, fields: { a: all.uint8 } });\n`,
  );
  folder.import([dumpOf([field("a"), field("b", 2)])]);
  expect(folder.text("a.ts")).toContain("b: all.uint16");
  const own = new TestFolder();
  own.put(
    "a.ts",
    `import { uint8, vmsd } from "vmstate/schema";\nconst uint16 = 3;\nexport const dev = vmsd("dev", { versionId: uint16, minimumVersionId: 1, fields: { a: uint8 } });\n`,
  );
  own.import([dumpOf([field("a"), field("b", 2)])]);
  expect(own.text("a.ts")).toContain('import { uint8, uint16 as uint16Kind, vmsd } from "vmstate/schema";');
  expect(own.text("a.ts")).toContain("b: uint16Kind");
  own.compile();
  own.remove();
});

test("line ends stay what they are", () => {
  byHand(BY_HAND.replaceAll("\n", "\r\n"));
  folder.import([dumpOf([...SAME, field("d")])]);
  const text = folder.text("device.ts");
  expect(text).toContain("    d: byte,\r\n");
  expect(text.replaceAll("\r\n", "")).not.toContain("\n");
});

test("a new section says what its streams tell of a shared vmsd that a person wrote", () => {
  folder.put(
    "pci.ts",
    `import { buffer, custom, named, vmsd } from "vmstate/schema";
export const pci = vmsd("PCIDevice", {
  versionId: 2,
  minimumVersionId: 1,
  properties: { express: false },
  fields: { config: custom("pci config", buffer(256)), express_config: named("config", custom("pci config", buffer(4096))) },
  exists: { config: (_s, m) => !m.express, express_config: (_s, m) => m.express },
});
`,
  );
  const inner = dumped("PCIDevice", [field("config", 256, { field_exists: true }), field("config", 4096, { field_exists: true })], {
    version_id: 2,
  });
  const struct = { vmsd_name: "PCIDevice", version: 2, fields: [sent("config[1]", "pci config", 4096)] };
  const inputs = [dumpOf([field("dev", 999, { Description: inner })]), streamOf([sent("dev", "struct", 4096, { struct })])];
  const { findings } = folder.import(inputs);
  expect(findings).toEqual([]);
  expect(folder.text("dev.ts")).toContain("properties: { express: true },");
  expect(folder.text("dev.ts")).toContain("fields: { dev: struct(pci) },");
});

test("a field that a newer build calls otherwise is reported under its older name, and known by an earlier one", () => {
  const [older, newer] = [dumpOf([field("a"), field("old", 2), field("z")]), dumpOf([field("a"), field("new", 2), field("z")])];
  folder.import([older]);
  expect(folder.import([older, newer]).findings.map(({ code, path }) => `${code} ${path}`)).toEqual(["other-name dev/old"]);
  folder.put(
    "dev.ts",
    folder.text("dev.ts").replace("old: uint16", "new: uint16").replace("fields:", 'formerly: { new: "old" },\n  fields:'),
  );
  expect(folder.import([older])).toMatchObject({ files: [], findings: [], additions: [] });
});

test("what is newer than all metadata may have more", () => {
  byHand(BY_HAND.replace("versionId: 1,\n});", "versionId: 2,\n});"));
  expect(folder.import([dumpOf([field("a"), field("b", 2)])])).toMatchObject({ files: [], findings: [], additions: [] });
});

test("of fields that share a name those that are alike belong together", () => {
  const own = `import { uint8, unused, vmsd } from "vmstate/schema";
export const dev = vmsd("dev", { versionId: 1, minimumVersionId: 1, fields: { pad: unused(4), a: uint8 } });
`;
  folder.put("dev.ts", own);
  const fields = [field("unused", 4, { field_exists: true }), field("unused", 4), field("a")];
  const { additions, findings } = folder.import([dumpOf(fields)]);
  expect(findings).toEqual([]);
  expect(additions.map(({ path }) => path).filter((path) => path !== "dev")).toEqual(["dev/unused"]);
  expect(Object.values(folder.compile().vmsds)[0]?.fields.map(({ key }) => key)).toEqual(["unused", "pad", "a"]);
});

test("a last member without a comma gets one, and a line that is full is opened", () => {
  const long = "x".repeat(60);
  folder.put(
    "dev.ts",
    `import { uint8, uint16, vmsd } from "vmstate/schema";
export const dev = vmsd("dev", {
  versionId: 1,
  minimumVersionId: 1,
  types: ["dev-0"],
  fields: {
    a: uint8 // the last
  },
  subsections: { "dev/s": { versionId: 1, minimumVersionId: 1, fields: { ${long}: uint8, /* kept */ b: uint16 } } },
});
`,
  );
  const Subsections = [dumped("dev/s", [field(long), field("b", 2), field("unused", 4)])];
  folder.import([dumpOf([field("a"), field("unused", 3)], { Subsections })]);
  const text = folder.text("dev.ts");
  expect(text).toContain("    a: uint8, // the last\n    unused: unused(3),\n  },\n");
  expect(text).toMatch(
    new RegExp(`fields: \\{\\n +${long}: uint8,\\n +/\\* kept \\*/ b: uint16,\\n +unused_1: named\\("unused", unused\\(4\\)\\),\\n`),
  );
  folder.compile();
});

test("a new file imports the language as those beside it do, or as it is told", () => {
  const language = relative(folder.root, "compiler/schema/index.ts");
  folder.put(
    "other.ts",
    `import { vmsd } from "${language}";\nexport const other = vmsd("other", { versionId: 1, minimumVersionId: 1, fields: {} });\n`,
  );
  folder.import([dumpOf([field("a")])]);
  expect(folder.text("dev.ts")).toContain(`import { uint8, vmsd } from "${language}";`);
  const told = new TestFolder();
  told.import([dumpOf([field("a")])], { schema: "@own/schema" });
  expect(told.text("dev.ts")).toContain('from "@own/schema";');
  told.remove();
});

test("a name out of a file cannot become code", () => {
  const evil = 'x\n}); console.log("out"); ({"';
  const inputs = [
    metadata(
      dump(dumped(`dev"${evil}`, [field(evil, 1, { field_exists: true }), field(evil, 2, { field_exists: true })])),
      `a\nb();//.json`,
    ),
    metadata(dump(dumped(`dev"${evil}`, [field(evil, 1)])), "other\rname.json"),
    metadata(description({ name: "plain", fields: [sent("a", evil, 3)] })),
  ];
  folder.import(inputs);
  const { vmsds } = folder.compile();
  expect(Object.values(vmsds).map(({ name }) => name)).toContain(`dev"${evil}`);
  for (const text of folder.texts.values()) expect(text).not.toMatch(/^\s*(?:b\(|name\.json|\}\); console)/m);
});
