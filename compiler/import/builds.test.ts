import { afterEach, expect, test } from "vitest";
import { toInput } from "./input.ts";
import { sortInputs } from "./order.ts";
import { type DumpedField, description, dump, dumped, fixture, metadata, type SentField, TestFolder } from "./test-folder.ts";

let folder = new TestFolder();
afterEach(() => {
  folder.remove();
  folder = new TestFolder();
});

const field = (name: string, size = 1, more: object = {}): DumpedField => ({ field: name, size, ...more });
const sent = (name: string, type = "uint8", size = 1, more: object = {}): SentField => ({ name, type, size, ...more });
const build = (fields: readonly DumpedField[], path: string, more: object = {}) => metadata(dump(dumped("dev", fields, more)), path);

/** What two builds give whose one field between others is another. */
function between(older: DumpedField, newer: DumpedField, more: object = {}): string {
  folder.import([build([field("a"), older, field("z")], "old.json"), build([field("a"), newer, field("z")], "new.json", more)]);
  folder.compile();
  return folder.text("dev.ts");
}

test("a field that a newer build calls otherwise has an earlier name", () => {
  expect(between(field("old", 2), field("new", 2))).toContain('formerly: { new: "old" },');
});

test.each<[string, DumpedField, DumpedField, object]>([
  ["another size", field("old", 2), field("new", 4), {}],
  ["another first version", field("old", 2), field("new", 2, { version_id: 2 }), { version_id: 2 }],
  ["padding in its place", field("old", 2), field("unused", 2), {}],
  ["a vmsd in its place", field("old", 2), field("new", 2, { Description: dumped("in", [field("i", 2)]) }), {}],
])("with %s it is another field, in its place", (_, older, newer, more) => {
  const text = between(older, newer, more);
  expect(text).not.toContain("formerly");
  const keys = Object.values(folder.compile().vmsds)
    .find(({ name }) => name === "dev")
    ?.fields.map(({ key }) => key);
  expect(keys).toEqual(["a", "old", newer.field, "z"].sort((x, y) => (keys?.indexOf(x) ?? 0) - (keys?.indexOf(y) ?? 0)));
  expect(text).toContain("// builds: Not in new.json, at a version that would have it.");
});

test("builds that disagree about a field give a property, as the newest has it", () => {
  const text = between(field("z0", 4), field("y0", 2));
  expect(text).toContain("has_z0: false");
  expect(text).toMatch(/ {4}\/\/ builds: Not in new\.json.*\n.*\n {4}\/\/ import: Builds differ in whether it is there\.\n {4}z0: uint32,/);
});

test("what a build has is no matter of the section that its streams show", () => {
  const shared = (fields: readonly DumpedField[]): object => dumped("shared", fields);
  const dumpWith = (fields: readonly DumpedField[], path: string) => build([field("in", 9, { Description: shared(fields) })], path);
  const struct = { vmsd_name: "shared", version: 1, fields: [sent("a")] };
  folder.import([
    dumpWith([field("a")], "old.json"),
    dumpWith([field("a"), field("b", 4)], "new.json"),
    metadata(description({ name: "dev", fields: [sent("in", "struct", 1, { struct })] })),
  ]);
  expect(folder.text("dev.ts")).toContain("properties: { has_b: true },");
  expect(folder.text("dev.ts").match(/properties/g)).toHaveLength(1);
});

test("properties of vmsds that may lie within each other have names of their own", () => {
  const conditional = field("x", 1, { field_exists: true });
  folder.import([build([conditional, field("in", 9, { Description: dumped("inner", [conditional]) })], "a.json")]);
  const names = Object.values(folder.compile().vmsds).map(({ properties }) => Object.keys(properties).sort());
  expect(names).toEqual([["has_x_of_inner"], ["has_x", "has_x_of_inner"]]);
});

test("without a dump, versions and counts are as streams show them", () => {
  const stream = (version: number, fields: readonly SentField[]) => metadata(description({ name: "dev", version, fields }));
  folder.import([
    stream(2, [sent("a")]),
    stream(3, [sent("a"), sent("late", "uint16", 2), sent("list", "uint8", 1, { array_len: 4 }), sent("maybe")]),
    stream(3, [sent("a"), sent("late", "uint16", 2)]),
  ]);
  const text = folder.text("dev.ts");
  folder.compile();
  expect(text).toContain("late: since(3, uint16),");
  expect(text).toMatch(/list: since\(\n +3,\n +varray\(uint8, \(_s, m\) => m\.number_of_list, \{ max: 4 \}\),\n +\),/);
  expect(text).toContain("(0, 4 in streams)");
  expect(text).toContain("maybe: (_s, m) => m.has_maybe");
  expect(text).toContain("versionId: 3,");
  expect(text).toContain("minimumVersionId: 2,");
});

test("a list that has a condition keeps the version at which its elements are loaded", () => {
  const inner = dumped("inner", [field("a")]);
  const stream = metadata(description({ name: "dev", fields: [sent("x", "qtailq", 3)] }));
  folder.import([build([field("x", 24, { version_id: 1, field_exists: true, Description: inner })], "a.json"), stream]);
  expect(folder.text("dev.ts")).toContain("x: since(1, qtailq(inner, { max: 1024 })),");
  folder.compile();
});

test("what the newest dump and a stream call otherwise is one field", () => {
  const struct = { vmsd_name: "inner", version: 1, fields: [sent("i")] };
  const dumpWith = build([field("a"), field("parent", 40, { Description: dumped("inner", [field("i")]) })], "new.json");
  folder.import([dumpWith, metadata(description({ name: "dev", fields: [sent("a"), sent("common", "struct", 1, { struct })] }))]);
  expect(folder.text("dev.ts")).toContain('formerly: { parent: "common" },');
  const own = new TestFolder();
  own.import([
    build([field("a"), field("x", 1, { field_exists: true })], "new.json"),
    metadata(description({ name: "dev", fields: [sent("a"), sent("y")] })),
  ]);
  expect(own.text("dev.ts")).not.toContain("formerly");
  expect(own.text("dev.ts")).toContain("// builds: No dump has this field, only streams.");
  own.remove();
});

test("the newest dump is told by its versions, then by its sections, then by its place", () => {
  const labels = (...inputs: readonly ReturnType<typeof build>[]): string[] => sortInputs(inputs.map(toInput)).map(({ label }) => label);
  const [low, high] = [build([field("a")], "low.json"), build([field("a")], "high.json", { version_id: 2 })];
  expect(labels(high, low)).toEqual(["low.json", "high.json"]);
  const more = metadata(dump(dumped("dev", []), dumped("other", [])), "more.json");
  expect(labels(more, low)).toEqual(["low.json", "more.json"]);
  expect(labels(low, build([field("b")], "last.json"))).toEqual(["low.json", "last.json"]);
  const real = ["qemu-10.0-pc-i440fx-2.12", "qemu-5.2-pc-i440fx-2.2", "qemu-7.2-pc-i440fx-2.12"].map((name) =>
    fixture(`dumps/${name}.json.gz`),
  );
  expect(labels(...real).map((name) => name.slice(5, 8))).toEqual(["5.2", "7.2", "10."]);
});
