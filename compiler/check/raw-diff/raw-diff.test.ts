import { expect, test } from "vitest";
import { readMetadata, readMetadataFile } from "../../describe/index.ts";
import { rawDiff } from "./raw-diff.ts";

type Fields = readonly (readonly [string, number])[];

const vmsd = (name: string, fields: Fields) => ({
  name,
  version_id: 1,
  minimum_version_id: 1,
  Fields: fields.map(([field, size]) => ({ field, version_id: 0, field_exists: false, size })),
});

function metadata(devices: Readonly<Record<string, Fields>>) {
  const sections = Object.entries(devices).map(([type, fields]) => [
    type,
    { Name: type, version_id: 1, minimum_version_id: 1, Description: vmsd("shared", fields) },
  ]);
  return readMetadata(Buffer.from(JSON.stringify(Object.fromEntries(sections))), "x.json");
}

const real = (name: string) => readMetadataFile(`fixtures/dumps/qemu-${name}.json.gz`);

test("shows what changed with its name, once for all the sections where it did, and lists what is on one side only", async () => {
  const old = metadata({
    e1: [
      ["a", 4],
      ["b", 2],
    ],
    e2: [
      ["a", 4],
      ["b", 2],
    ],
    same: [["z", 1]],
    gone: [["z", 1]],
  });
  const new_ = metadata({
    e1: [
      ["a", 4],
      ["b", 4],
    ],
    e2: [
      ["a", 4],
      ["b", 4],
    ],
    same: [["z", 1]],
    came: [["z", 1]],
  });
  expect(`\n${await rawDiff(old, new_)}`).toMatchInlineSnapshot(`
    "
    3 sections in both: 2 differ, 1 the same
    only in old (1): gone
    only in new (1): came

    @ e1, e2
     {
       Description: {
         name: "shared"
         Fields: [
           ... (1 entries)
           {
             field: "b"
    -        size: 2
    +        size: 4
           }
         ]
       }
     }
    "
  `);
});

test("a file has no difference with itself", async () => {
  const text = await rawDiff(real("7.2-pc-i440fx-2.2"), real("7.2-pc-i440fx-2.12"));
  expect(text.split("\n")).toHaveLength(4);
  expect(text).toMatch(/: 0 differ, \d+ the same\n/);
});

test("fields that moved, came or went are all in it", async () => {
  const text = await rawDiff(
    metadata({
      d: [
        ["a", 1],
        ["b", 2],
        ["c", 3],
      ],
    }),
    metadata({
      d: [
        ["b", 2],
        ["a", 1],
        ["e", 5],
      ],
    }),
  );
  expect(text).toMatch(/^\s*\+.*e/m);
  expect(text.match(/^[+-] +"[ab]"$/gm)?.length).toBe(2);
});

test("two fields of one name that differ are not taken for one", async () => {
  const text = await rawDiff(
    metadata({
      d: [
        ["x", 1],
        ["x", 2],
      ],
    }),
    metadata({
      d: [
        ["x", 2],
        ["x", 1],
      ],
    }),
  );
  expect(text).toContain("1 differs");
  expect(text).toMatch(/^[+-] +"x/m);
});

test("real builds take little time, colours come only when asked for, and long output is cut with its total", async () => {
  const [old, new_] = [real("5.2-pc-i440fx-2.2"), real("10.0-pc-i440fx-2.12")];
  const started = performance.now();
  const text = await rawDiff(old, new_);
  expect(performance.now() - started).toBeLessThan(5000);
  expect(text).toContain('field: "drq_state"');
  expect(text).not.toContain("\u001b");
  expect(await rawDiff(old, new_, { colour: true })).toContain("\u001b[");
  const cut = await rawDiff(old, new_, { maxLines: 10 });
  expect(cut.split("\n")).toHaveLength(16);
  expect(cut).toMatch(/… \d+ of \d+ lines left out\n$/);
});

test("thousands of changed fields in one list do not stop it", async () => {
  const list = (size: number): Fields => Array.from({ length: 2000 }, (_, at) => [`f${at}`, size + at] as const);
  const started = performance.now();
  expect(await rawDiff(metadata({ d: list(1) }), metadata({ d: list(2) }), { maxLines: 10_000 })).toContain("f1999");
  expect(performance.now() - started).toBeLessThan(5000);
});

test("what a file holds never reaches a terminal raw", async () => {
  const text = await rawDiff(metadata({ "d\u001b[2J": [["a\u001b[2J", 1]] }), metadata({ "d\u001b[2J": [["a\u001b[2J", 2]] }), {
    colour: true,
  });
  expect(text).not.toContain("\u001b[2J");
});
