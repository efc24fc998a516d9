import { expect, test } from "vitest";
import { sourceOfBytes } from "../byte-source.ts";
import type { Problem } from "../errors.ts";
import type { Sink } from "../read/context.ts";
import { readStream } from "../read-stream.ts";
import { bytesOf } from "./bytes-of.ts";
import { type Device, describedStream, field } from "./described.ts";
import { decodeBytes, encode, pipeOf } from "./round-trip.ts";
import { bytesMoved } from "./work.ts";
import { wrongWith } from "./wrong-with.ts";

const nothing = (): void => {};
const NOTHING: Sink = { item: nothing, section: nothing, page: nothing, problem: nothing };

function device(fields: readonly object[], body: Uint8Array, more: object = {}): Device {
  return { json: { name: "dev", instance_id: 0, vmsd_name: "dev", version: 1, fields, ...more }, body };
}

const struct = (fields: readonly object[], size: number, count: number) =>
  field("s", "struct", size, { array_len: count, struct: { vmsd_name: "s", version: 1, fields } });
const noBytes = (count: number) => Array.from({ length: count }, (_, nth) => field(`f${nth}`, "uint8", 0));

test("thousands of subsections are read one by one", () => {
  const subsections = Array.from({ length: 5000 }, (_, nth) => ({ vmsd_name: `dev/${nth}`, version: nth, fields: [] }));
  const heads = subsections.map(({ vmsd_name, version }) => `05 n:'${vmsd_name}' ${version.toString(16).padStart(8, "0")}`);
  const stream = describedStream([device([], bytesOf(heads.join(" ")), { subsections })]);
  expect(wrongWith(stream)).toEqual([]);
  expect(decodeBytes(stream).items.find(({ item }) => item === "section")?.subsections).toHaveLength(5000);
});

test("fields of no bytes in a long array make no more of a section than its bytes are worth", () => {
  const stream = describedStream([device([struct([...noBytes(2000), field("x", "bool", 1)], 1, 20_000)], new Uint8Array(20_000))]);
  const { items, problems } = decodeBytes(stream);
  expect(problems.map(({ code }) => code)).toEqual(["bad-description"]);
  expect(items.find(({ item }) => item === "section")).toMatchObject({ fields: [{ name: "data", type: "buffer" }] });
  expect(wrongWith(stream)).toEqual([]);
});

test("a section that comes again and again is decoded once", () => {
  const once = device(noBytes(3000), new Uint8Array());
  const all = Array.from({ length: 5000 }, () => once);
  const stream = describedStream(all, undefined, [once]);
  const { items, problems } = decodeBytes(stream);
  expect(items.filter(({ item, fields }) => item === "section" && (fields as unknown[]).length > 0)).toHaveLength(1);
  expect(problems.filter(({ code }) => code === "not-described")).toHaveLength(4999);
});

test.each([
  ["an array of 2^32 - 1 elements", field("a", "uint8", 1, { array_len: 2 ** 32 - 1 })],
  ["an array of 2^32 - 1 elements of 2^32 - 1 bytes", field("a", "uint8", 2 ** 32 - 1, { array_len: 2 ** 32 - 1 })],
  ["a field of 2^32 - 1 bytes", field("a", "buffer", 2 ** 32 - 1)],
])("%s, and two bytes of it", (_, each) => {
  const stream = describedStream([device([each], new Uint8Array(2))]);
  // The section's footer says where it ends, whatever its description.
  expect(wrongWith(stream)).toEqual([expect.stringMatching(/^differs-from-description @ \d+ dev$/)]);
});

test("an array of 2^32 - 1 elements of no bytes is none", () => {
  expect(wrongWith(describedStream([device([field("a", "uint8", 0, { array_len: 2 ** 32 - 1 })], new Uint8Array())]))).toEqual([]);
  expect(wrongWith(describedStream([device([struct(noBytes(1), 0, 2 ** 32 - 1)], new Uint8Array())]))).toEqual([]);
});

test.each([
  ["nests a hundred thousand deep", (json: string) => json.replace('"fields":[]', `"fields":${"[".repeat(100_000)}`)],
  ["has millions of values", (json: string) => json.replace('"fields":[]', `"fields":[${"0,".repeat(2 ** 20)}0]`)],
  ["is cut", (json: string) => json.slice(0, -3)],
  ["has a name of many mebibytes", (json: string) => json.replace('"dev"', `"${"x".repeat(2 ** 23)}"`)],
  ["has a string without an end", (json: string) => json.replace('"fields":[]', `"fields":"${"x".repeat(2 ** 23)}`)],
  ["has pages of three bytes", (json: string) => json.replace("4096", "3")],
])("a description that %s is refused, and the stream is read without", (_, edit) => {
  const found = wrongWith(describedStream([device([], new Uint8Array())], edit));
  expect(found).toEqual([expect.stringMatching(/^bad-description @ \d+ /)]);
});

test("a stream that is wrong at every byte is told of a bounded number of problems", () => {
  const pages = "0000000000010022 00 ".repeat(50_000);
  const stream = bytesOf(
    `'QEVM' 00000003 01 00000002 n:'ram' 00000000 00000004 0000000000001004 n:'r' 0000000000001000
    0000000000000002 n:'r' 00 ${pages} 0000000000000010 00`,
  );
  const { items, problems } = decodeBytes(stream);
  expect(problems.length).toBe(10_001);
  expect(problems.at(-1)?.code).toBe("more-problems");
  expect(Buffer.compare(encode(items), stream)).toBe(0);
});

test("more sections than can be real are refused", () => {
  const stream = bytesOf(`'QEVM' 00000003 ${"01 00000001 n:'block' 00000000 00000001 0000000000000002 ".repeat(70_000)}`);
  const problems: Problem[] = [];
  readStream(sourceOfBytes(stream), { ...NOTHING, problem: (problem) => problems.push(problem) }, { payloads: true });
  expect(problems.find(({ code }) => code === "limit")).toMatchObject({ at: 8 + 65_536 * 27 });
});

const small = (nth: number) => `04 ${nth.toString(16).padStart(8, "0")} n:'device' 00000000 00000001 0102030405`;
const sections = (count: number) => Array.from({ length: count }, (_, nth) => small(nth)).join(" ");
const packages = (count: number) => Array.from({ length: count }, (_, nth) => `08 0007 0004 00003fff ${small(nth)}`).join(" ");

test.each([
  ["of small sections that nothing describes", sections],
  ["of packages that claim more than they have", packages],
])("a pipe %s moves no more bytes than in proportion", (_, make) => {
  const moved = [4000, 16_000].map((count) => {
    const stream = bytesOf(`'QEVM' 00000003 ${make(count)} 00`);
    const work = (): void => readStream(pipeOf(stream), NOTHING, { payloads: true, limit: 1 << 16, memory: new Uint8Array(1 << 12) });
    return bytesMoved(work) / stream.length;
  });
  for (const times of moved) expect(times).toBeLessThan(4);
});

test("what an item claims to have is not made room for before it comes", () => {
  const stream = bytesOf("'QEVM' 00000003 00 06 00ffffff 7b");
  const sizes: number[] = [];
  const pipe = pipeOf(stream);
  const read = (into: Uint8Array): number => {
    sizes.push(into.buffer.byteLength);
    return pipe.read(into);
  };
  readStream({ read }, NOTHING, { payloads: true, memory: new Uint8Array(1 << 12) });
  expect(Math.max(...sizes)).toBe(1 << 12);
});
