import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, contentId, readMetadata, readMetadataFile } from "./index.ts";

const SECTION = { Name: "d", version_id: 1, minimum_version_id: 1 };
const DESCRIBED = { ...SECTION, Description: { name: "d", version_id: 1, minimum_version_id: 1, Fields: [] } };

function idOf(value: unknown, indent = 0): string {
  return contentId(readMetadata(Buffer.from(JSON.stringify(value, undefined, indent)), "x.json"));
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

test("machine label, key order and white space do not enter", () => {
  const value = { vmschkmachine: { Name: "pc-2.0" }, a: SECTION, b: DESCRIBED };
  const id = idOf(value);
  expect(idOf({ ...value, vmschkmachine: { Name: "pc-2.1" } }, 4)).toBe(id);
  expect(idOf(reversed(value))).toBe(id);
});

test("whatever a section says enters, and so do its type and the list of devices", () => {
  const value = { vmschkmachine: { Name: "pc" }, a: SECTION, b: DESCRIBED };
  const others = [
    { ...value, a: { ...SECTION, version_id: 2 } },
    { ...value, a: DESCRIBED },
    { vmschkmachine: { Name: "pc" }, a: SECTION, c: DESCRIBED },
    { ...value, vmschkmachine: { Name: "pc", devices: ["a", "b"] } },
    { ...value, a: DESCRIBED, b: SECTION },
  ];
  expect(new Set([value, ...others].map((each) => idOf(each))).size).toBe(others.length + 1);
});

test("the order of a list enters", () => {
  const field = (name: string) => ({ field: name, version_id: 0, field_exists: false, size: 1 });
  const of = (...names: string[]) => idOf({ a: { ...SECTION, Description: { ...DESCRIBED.Description, Fields: names.map(field) } } });
  expect(of("x", "y")).not.toBe(of("y", "x"));
});

test("canonical JSON parses to the value that it was made of, whatever the order of keys", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
      expect(canonicalJson(reversed(plain))).toBe(canonicalJson(plain));
    }),
  );
});

test("two machine types of one real build have one content, two builds have two", () => {
  const id = (name: string): string => contentId(readMetadataFile(`fixtures/dumps/qemu-${name}.json.gz`));
  expect(id("7.2-pc-i440fx-2.2")).toBe(id("7.2-pc-i440fx-2.12"));
  expect(id("5.2-pc-i440fx-2.2")).not.toBe(id("7.2-pc-i440fx-2.2"));
});
