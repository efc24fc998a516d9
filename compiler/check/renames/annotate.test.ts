import { describe, expect, test } from "vitest";
import { InputError, type Metadata, readMetadata, readMetadataFile } from "../../describe/index.ts";
import { compare } from "../compare.ts";
import type { Report } from "../report.ts";
import { annotateRenames } from "./annotate.ts";
import { KNOWN_RENAMES, type KnownRename } from "./built-in-renames.ts";
import { readRenames } from "./read-renames.ts";

interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly fields?: readonly object[];
}

function plain(field: string, more: object = {}): object {
  return { field, version_id: 1, field_exists: false, num: 1, size: 4, ...more };
}

function vmsd(name: string, fields: readonly object[]): object {
  return { name, version_id: 1, minimum_version_id: 1, Fields: fields };
}

/** One section with one field between two that stay. */
function build({ type = "device", description = "device", fields = [plain("x")] }: Shape): Metadata {
  const layout = vmsd(description, [plain("before"), ...fields, plain("after", { size: 2 })]);
  const dump = { [type]: { Name: type, version_id: 1, minimum_version_id: 1, Description: layout } };
  return readMetadata(Buffer.from(JSON.stringify(dump)), "dump.json");
}

function check(old: Metadata, new_: Metadata, knowledge: readonly KnownRename[] = KNOWN_RENAMES): Report {
  const report = compare(old, new_);
  const annotated = annotateRenames(report, knowledge, old, new_).report;
  const bare = { ...annotated, findings: annotated.findings.map(({ note: _, ...finding }) => finding) };
  expect(bare).toEqual(report);
  return annotated;
}

function notes(report: Report): [string, string][] {
  return report.findings.flatMap(({ rule, note }): [string, string][] => (note === undefined ? [] : [[rule, note]]));
}

const FIELDS = KNOWN_RENAMES.filter(({ kind }) => kind === "field");
const DESCRIPTIONS = KNOWN_RENAMES.filter(({ kind }) => kind === "description");
const SECTIONS = KNOWN_RENAMES.filter(({ kind }) => kind === "section");

describe("each known rename explains a pair that has it, and nothing but a note changes", () => {
  test.each(FIELDS)("field $names in $description", (entry) => {
    const { description = "", names } = entry;
    const [old, new_] = names.map((name) => build({ description, fields: [plain(name)] })) as [Metadata, Metadata];
    for (const report of [check(old, new_), check(new_, old)]) {
      const [[rule, note] = [], ...more] = notes(report);
      expect([rule, more]).toEqual(["field-renamed", []]);
      expect(note).toContain(`The rename of field '${names[0]}' to '${names[1]}' in '${description}' is known`);
    }
  });

  test.each(DESCRIPTIONS)("description $names in $description", (entry) => {
    const { description = "", names } = entry;
    const [old, new_] = names.map((name) => build({ type: description, description: name })) as [Metadata, Metadata];
    for (const report of [check(old, new_), check(new_, old)]) {
      expect(notes(report).map(([rule]) => rule)).toEqual(["description-renamed"]);
      expect(report.verdict.forward).toBe("incompatible");
    }
  });

  test.each(SECTIONS)("section $names", ({ names }) => {
    const [old, new_] = names.map((type) => build({ type, description: "shared" })) as [Metadata, Metadata];
    for (const report of [check(old, new_), check(new_, old)]) expect(notes(report).map(([rule]) => rule)).toEqual(["section-renamed"]);
    // With another description name too they do not stand against each other.
    const apart = names.map((type) => build({ type, description: `of ${type}` })) as [Metadata, Metadata];
    expect(notes(check(...apart)).map(([rule]) => rule)).toEqual(["section-missing", "section-missing"]);
  });
});

test("a rename is explained where the field also became conditional", () => {
  const old = build({ description: "hpet", fields: [plain("num_timers")] });
  const new_ = build({ description: "hpet", fields: [plain("num_timers_save", { field_exists: true })] });
  expect(notes(check(old, new_)).map(([rule]) => rule)).toEqual(["field-condition-changed"]);
});

test("a rename is explained where the field also changed its size, and stays the break that it is", () => {
  const old = build({ description: "hpet", fields: [plain("num_timers")] });
  const new_ = build({ description: "hpet", fields: [plain("num_timers_save", { size: 1 })] });
  const report = check(old, new_);
  expect(
    notes(report)
      .map(([rule]) => rule)
      .sort(),
  ).toEqual(["field-added-unguarded", "field-added-unguarded", "field-removed", "field-removed"]);
  expect(notes(check(old, build({ description: "hpet", fields: [] })))).toEqual([]);
  expect(report.verdict).toEqual({ forward: "incompatible", backward: "incompatible" });
});

test("the description that counts is the one which holds the field, however deep", () => {
  const nested = (name: string, description: string) =>
    build({
      type: "vmware-svga",
      description: "vmware_vga",
      fields: [plain("chip", { size: 64, Description: vmsd(description, [plain(name)]) })],
    });
  expect(notes(check(nested("depth", "vmware_vga_internal"), nested("new_depth", "vmware_vga_internal")))).toHaveLength(1);
  expect(notes(check(nested("depth", "other"), nested("new_depth", "other")))).toEqual([]);
});

test("a name that goes in one list of fields and one that comes in another are not one field", () => {
  const two = (first: readonly string[], second: readonly string[]) =>
    build({
      fields: [first, second].map((names, at) =>
        plain(`part${at}`, { size: 64, Description: vmsd("hpet", [...names.map((name) => plain(name)), plain("stays", { size: 8 })]) }),
      ),
    });
  expect(notes(check(two(["num_timers"], []), two([], ["num_timers_save"])))).toEqual([]);
});

test("names that are known elsewhere, or as another pair, explain nothing", () => {
  const pair = (description: string, from: string, to: string) =>
    notes(check(build({ description, fields: [plain(from)] }), build({ description, fields: [plain(to)] })));
  expect(pair("unheard", "dev", "parent_obj")).toEqual([]);
  expect(pair("cirrus_vga", "hw_cursor_x", "vga.hw_cursor_y")).toEqual([]);
  expect(pair("cirrus_vga", "hw_cursor_x", "vga.hw_cursor_x")).toHaveLength(1);
});

test("every rename in the real dumps is known", () => {
  const builds: [string, string][] = [
    ["5.2-pc-i440fx-2.2", "7.2-pc-i440fx-2.2"],
    ["7.2-pc-i440fx-2.12", "10.0-pc-i440fx-2.12"],
  ];
  for (const sides of builds) {
    const [old, new_] = sides.map((name) => readMetadataFile(`fixtures/dumps/qemu-${name}.json.gz`)) as [Metadata, Metadata];
    const renamed = check(old, new_).findings.filter(({ rule }) => rule === "field-renamed" || rule === "section-renamed");
    expect(renamed.length).toBeGreaterThan(3);
    expect(renamed.filter(({ note }) => note === undefined).map(({ path }) => path)).toEqual([]);
  }
});

test("a user's file comes first, and its entries that explain nothing are told", () => {
  const text = JSON.stringify({
    schema: "vmstate-renames/1",
    entries: [
      { kind: "field", description: "hpet", names: ["num_timers", "num_timers_save"], note: "Ours." },
      { kind: "section", names: ["a", "b"] },
    ],
  });
  const knowledge = [...KNOWN_RENAMES, ...readRenames(text, "mine.json")];
  const [old, new_] = ["num_timers", "num_timers_save"].map((name) => build({ description: "hpet", fields: [plain(name)] })) as [
    Metadata,
    Metadata,
  ];
  expect(notes(check(old, new_, knowledge))).toEqual([
    ["field-renamed", "The rename of field 'num_timers' to 'num_timers_save' in 'hpet' is known. Ours."],
  ]);
  expect(annotateRenames(compare(old, new_), knowledge, old, new_).unused).toEqual([
    { kind: "unused-rename", text: "mine.json: The rename of type 'a' to 'b' explains no finding." },
  ]);
  expect(annotateRenames(compare(old, new_), KNOWN_RENAMES, old, new_).unused).toEqual([]);
});

test("the names that come with vmstate are well formed, without a repetition", () => {
  const file = { schema: "vmstate-renames/1", entries: KNOWN_RENAMES };
  expect(readRenames(JSON.stringify(file), "renames.json")).toHaveLength(KNOWN_RENAMES.length);
  const keys = KNOWN_RENAMES.map(({ kind, description, names }) => JSON.stringify([kind, description, [...names].sort()]));
  expect(new Set(keys).size).toBe(keys.length);
  for (const { note } of KNOWN_RENAMES) expect(note ?? "None.").toMatch(/^[A-Z].*\.$/);
});

test.each([
  ['{"schema": "vmstate-renames/1", "entries": [{"kind": "field", "names": ["a", "b"]}]}', "r.json:1:45: 'entries/0' lacks 'description'."],
  [
    '{"schema": "vmstate-renames/1", "entries": [{"kind": "feld", "description": "d", "names": ["a", "b"]}]}',
    "r.json:1:54: 'entries/0/kind' is \"feld\"; did you mean 'field'?",
  ],
  [
    '{"schema": "vmstate-renames/1", "entries": [{"kind": "section", "names": ["a", "b"], "nota": "x"}]}',
    "r.json:1:86: Unknown key 'nota' in 'entries/0'; did you mean 'note'?",
  ],
])("%s is refused where it is wrong", (text, message) => {
  expect(() => readRenames(text, "r.json")).toThrow(InputError);
  expect(() => readRenames(text, "r.json")).toThrow(expect.objectContaining({ message }));
});
