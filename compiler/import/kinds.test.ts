import { afterEach, expect, test } from "vitest";
import { type DumpedField, description, dump, dumped, metadata, type SentField, TestFolder } from "./test-folder.ts";

let folder = new TestFolder();
afterEach(() => {
  folder.remove();
  folder = new TestFolder();
});

/** The lines of the field, of its comments and of what was declared for it. */
function imported(sent: SentField | readonly SentField[] | undefined, inDump?: Partial<DumpedField>): string[] {
  const fields = sent === undefined ? [] : [sent].flat();
  const field = { field: fields[0]?.name ?? "x", size: 4, ...inDump } as DumpedField;
  const inputs = [
    // A build that tells counts.
    ...(inDump === undefined ? [] : [metadata(dump(dumped("dev", [field]), dumped("other", [{ field: "n", size: 4, num: 2 }])))]),
    ...(sent === undefined ? [] : [metadata(description({ name: "dev", fields }))]),
  ];
  folder.remove();
  folder = new TestFolder();
  folder.import(inputs, { sections: ["dev"] });
  folder.compile();
  const text = folder.text("dev.ts");
  const lines = text.split("\n").map((line) => line.trim());
  const from = lines.findLastIndex((line) => line.startsWith("fields:"));
  const properties = lines.filter((line) => line.startsWith("properties:"));
  if (lines[from] !== "fields: {") return [...properties, (lines[from] ?? "").replace(/^fields: \{ (.*) \},$/, "$1")];
  return [...properties, ...lines.slice(from + 1, lines.indexOf("},", from))];
}

const x = (type: string, size: number, more: object = {}): SentField => ({ name: "x", type, size, ...more });
const struct = { vmsd_name: "inner", version: 3, fields: [{ name: "a", type: "uint8", size: 1 }] };

test.each([
  ["bool", 1, "bool"],
  ["int8", 1, "int8"],
  ["int16", 2, "int16"],
  ["int32", 4, "int32"],
  ["int64", 8, "int64"],
  ["uint8", 1, "uint8"],
  ["uint16", 2, "uint16"],
  ["uint32", 4, "uint32"],
  ["uint64", 8, "uint64"],
  ["float64", 8, "float64"],
  ["CPU_Double_U", 8, "cpuDouble"],
  ["timer", 8, "timer"],
  ["uint8 equal", 1, "equal(uint8)"],
  ["uint16 equal", 2, "equal(uint16)"],
  ["int32 equal", 4, "equal(int32)"],
  ["uint32 equal", 4, "equal(uint32)"],
  ["int64 equal", 8, "equal(uint64)"],
  ["int32 le", 4, "atMost()"],
  ["buffer", 12, "buffer(12)"],
  ["unused_buffer", 12, "unused(12)"],
  ["pci config", 256, 'custom("pci config", buffer(256))'],
  ["pci irq state", 16, 'custom("pci irq state", array(int32, 4))'],
  ["fd", 1, 'custom("fd", uint8)'],
])("%s of %i bytes is %s", (type, size, expected) => {
  expect(imported(x(type, size))).toEqual([`x: ${expected}`]);
});

test("what is a vmsd within is held as the stream says", () => {
  expect(imported(x("struct", 1, { struct }))).toEqual(["x: struct(inner)"]);
  expect(imported(x("vstruct", 1, struct))).toEqual(["x: vstruct(inner, 3)"]);
  expect(imported(x("tmp", 1, struct))).toEqual(["x: tmp(inner)"]);
  expect(folder.compile().vmsds.inner?.minimumVersionId).toBe(0);
  // A stream lists the elements of a list in a way that JSON loses; the dump has their vmsd.
  const inner = dumped("inner", [{ field: "a", size: 1 }]);
  expect(imported(x("qlist", 3, struct), { size: 24, version_id: 1, Description: inner })).toEqual([
    "// import: How many elements a load accepts is not in the metadata.",
    "x: since(1, qlist(inner, { max: 1024 })),",
  ]);
});

test("elements are counted, whether they are listed together or one by one", () => {
  expect(imported(x("uint16", 2, { array_len: 5 }))).toEqual(["x: array(uint16, 5)"]);
  expect(imported([x("struct", 1, { index: 0, struct }), x("struct", 1, { struct })])).toEqual(["x: array(struct(inner), 2)"]);
  const longer = { ...struct, subsections: [{ vmsd_name: "inner/more", version: 1, fields: [x("uint8", 1)] }] };
  expect(imported([x("struct", 1, { index: 0, struct }), x("struct", 20, { struct: longer })])).toEqual(["x: array(struct(inner), 2)"]);
});

test("a dump that has counts tells a fixed number of elements from one of the state", () => {
  expect(imported(x("uint32", 4, { array_len: 5 }), { num: 5 })).toEqual(["x: array(uint32, 5)"]);
  expect(imported(x("uint32", 4, { array_len: 5 }), {})).toEqual([
    "properties: { number_of_x: 5 },",
    "// import: The state has how many elements there are (5 in streams); in which field is not in the metadata.",
    "x: varray(uint32, (_s, m) => m.number_of_x, { max: 5 }),",
  ]);
});

test("a length that varies, or has no size in memory, is a property", () => {
  expect(imported(x("buffer", 12), { size: 0 })).toEqual([
    "properties: { size_of_x: 12 },",
    "// import: Its length varies (12 bytes in every stream); where its length comes from is not in the metadata.",
    "x: varBuffer((_s, m) => m.size_of_x, { max: 12 }),",
  ]);
  expect(imported(x("bitmap", 16))).toEqual([
    "properties: { size_of_x: 16 },",
    "// import: Its length varies (16 bytes in every stream); where its length comes from is not in the metadata.",
    "x: bitmap((_s, m) => m.size_of_x * 8, { max: 128 }),",
  ]);
});

test("a format of the device's own is bytes of that name", () => {
  expect(imported(x("virtio", 7))).toEqual([
    "// import: Only the device's code knows what the bytes of 'virtio' are.",
    'x: custom("virtio", buffer(7)),',
  ]);
});

test.each([
  [{ size: 1 }, "uint8"],
  [{ size: 2 }, "uint16"],
  [{ size: 4 }, "uint32"],
  [{ size: 8 }, "uint64"],
  [{ size: 48 }, "buffer(48)"],
  [{ size: 2, num: 3 }, "array(uint16, 3)"],
])("what only a dump has is known by its size: %j", (field, expected) => {
  expect(imported(undefined, field)).toEqual(["// import: Kind by size alone: no stream shows it.", `x: ${expected},`]);
});

test("two names in a dump come from macros, which tell the kind", () => {
  expect(imported(undefined, { field: "unused", size: 9 })).toEqual(["unused: unused(9)"]);
  const inner = dumped("inner", [{ field: "a", size: 1 }], { minimum_version_id: 0 });
  expect(imported(undefined, { field: "tmp", size: 64, Description: inner })).toEqual(["tmp: tmp(inner)"]);
});

test("a timer behind a pointer has a pointer's size in memory", () => {
  expect(imported(x("timer", 8), { size: 8 })).toEqual(["x: pointer(timer)"]);
  expect(imported(x("timer", 8), { size: 48 })).toEqual(["x: timer"]);
});

test("a condition becomes a property, which streams decide", () => {
  const lines = imported(x("uint8", 1), { size: 1, field_exists: true, version_id: 3 });
  expect(lines).toEqual(["properties: { has_x: true },", "// import: Conditional; the predicate is not in the metadata.", "x: uint8,"]);
  expect(folder.text("dev.ts")).toContain("exists: { x: (_s, m) => m.has_x },");
});

test("a first version is kept, and a name that cannot be a key is named", () => {
  expect(imported({ name: "3", type: "uint8", size: 1 }, { size: 1, version_id: 1 })).toEqual(['"3_1": since(1, named("3", uint8))']);
});
