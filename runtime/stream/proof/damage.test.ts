import { expect, test } from "vitest";
import { describedStream, field } from "./described.ts";
import { DEVICE, OLD_STYLE } from "./devices.ts";
import { wrongWith } from "./wrong-with.ts";

const NAME = "0000:00:02.0/dev";
const stream = describedStream([DEVICE, OLD_STYLE]);
/** Where the device's body begins, and its head. */
const HEAD = stream.indexOf(4, Buffer.from(stream).indexOf(NAME) - 6);
const BODY = HEAD + 6 + NAME.length + 8;
const END = BODY + DEVICE.body.length;

function changed(at: number, ...bytes: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(stream);
  copy.set(bytes, at);
  return copy;
}

function without(at: number, count: number): Uint8Array {
  return Buffer.concat([stream.subarray(0, at), stream.subarray(at + count)]);
}

test("nothing is wrong with it as it is", () => {
  expect(wrongWith(stream)).toEqual([]);
});

test.each([
  ["a bool of 2", 0, [2], ["bad-value @ 0 /on"]],
  ["padding that is not zero, for which no receiver cares", 37, [7], ["note: bad-value @ 37 /unused"]],
  ["a bool in a struct of an array", 43, [9], ["bad-value @ 43 /ring[1].full"]],
  ["a mark of a list", 47, [5], ["differs-from-description @ 47 /queue"]],
  ["the end of a list", 49, [1], ["differs-from-description @ 49 /queue"]],
  ["a null pointer that is none", 50, [0x31], ["bad-value @ 50 /none"]],
  ["a subsection's first byte", 51, [4], ["differs-from-description @ 51 /dev/more"]],
  ["the length of its name", 52, [9], ["differs-from-description @ 52 /dev/more"]],
  ["a letter of its name", 55, [0x5f], ["differs-from-description @ 55 /dev/more"]],
  ["its version", 64, [3], ["differs-from-description @ 64 /dev/more"]],
  ["its field", 65, [255], ["bad-value @ 65 /dev/more.extra"]],
  ["the subsection within", 69, [0x78], ["differs-from-description @ 69 /dev/more/deep"]],
] as const)("%s is named with its offset and field", (_, at, bytes, expected) => {
  const placed = expected.map((each) => each.replace(/@ (\d+) /, (_, place) => `@ ${BODY + Number(place)} ${NAME}`));
  expect(wrongWith(changed(BODY + at, ...bytes))).toEqual(placed);
});

test("everything that is wrong in a section is named, one behind the other", () => {
  const bytes = changed(BODY, 2);
  bytes[BODY + 43] = 3;
  bytes[BODY + 55] = 0x5f;
  bytes[BODY + 65] = 4;
  expect(wrongWith(bytes)).toEqual([
    `bad-value @ ${BODY} ${NAME}/on`,
    `bad-value @ ${BODY + 43} ${NAME}/ring[1].full`,
    `differs-from-description @ ${BODY + 55} ${NAME}/dev/more`,
    `bad-value @ ${BODY + 65} ${NAME}/dev/more.extra`,
  ]);
});

test.each([
  ["a letter of its name", changed(HEAD + 9, 0x5f), [`differs-from-description @ ${HEAD + 9} 000_:00:02.0/dev`]],
  ["its instance", changed(BODY - 6, 1), [`differs-from-description @ ${BODY - 6} ${NAME}`]],
  ["its version", changed(BODY - 1, 2), [`differs-from-description @ ${BODY - 1} ${NAME}`]],
  ["its footer's mark", changed(END, 0x7f), [`missing-footer @ ${END} ${NAME}`]],
  ["its footer's id", changed(END + 3, 1), [`wrong-footer @ ${END + 3} ${NAME}`]],
  ["a byte that it lost", without(BODY + 20, 1), [`differs-from-description @ ${END - 1} ${NAME}`]],
  [
    "bytes that it got",
    Buffer.concat([stream.subarray(0, BODY), new Uint8Array(9), stream.subarray(BODY)]),
    [`differs-from-description @ ${END} ${NAME}`],
  ],
] as const)("a section with another than described: %s, and the rest can still be read", (_, bytes, expected) => {
  expect(wrongWith(bytes)).toEqual(expected);
});

test("a section that is left out, one that came twice, and one that nobody described", () => {
  const at =
    stream.length - Buffer.from(stream).toString("latin1").length + Buffer.from(stream).toString("latin1").lastIndexOf('{"name":"slirp"');
  const left = without(END + 5, 5 + 1 + 5 + 8 + 5 + 5);
  expect(wrongWith(left)).toEqual([`not-sent @ ${at - 29} slirp`]);
  const other = { ...OLD_STYLE, json: { ...OLD_STYLE.json, name: "slurps" } };
  const added = describedStream([DEVICE, other], (json) => json.replace(/,\{"name":"slurps".*?\}\]\}/, ""));
  expect(wrongWith(added)).toEqual([`not-described @ ${END + 5} slurps`]);
});

test("a description that is damaged is one thing that is wrong", () => {
  const bytes = describedStream([DEVICE], (json) => json.replace('"size":1', '"size":-1'));
  expect(wrongWith(bytes)).toEqual([expect.stringMatching(/^bad-description @ \d+ 0000:00:02.0\/dev\/on$/)]);
  expect(wrongWith(describedStream([DEVICE], (json) => json.slice(0, -1)))).toEqual([expect.stringContaining("bad-description @ ")]);
  const small = {
    json: { name: "dev", instance_id: 0, vmsd_name: "dev", version: 1, fields: [field("x", "uint8", 1)] },
    body: Uint8Array.of(1),
  };
  // Of a key that stands there twice the last counts, whichever parser read it.
  const twice = describedStream([small], (json) => json.replace('"version":1', '"version":2,"version":1'));
  expect(wrongWith(twice)).toEqual([]);
  const listed = { ...small, json: { ...small.json, fields: [field("x", "uint8", 1), field("l", "qtailq", 0)] } };
  expect(wrongWith(describedStream([listed], (json) => json.replace('"version":1', '"version":2,"version":1')))).toEqual([]);
});

test("a byte in the description that is none of JSON's is said, though the description cannot be found for it", () => {
  const bytes = Uint8Array.from(stream);
  const at = Buffer.from(stream).indexOf('"deadline"') + 3;
  bytes[at] = 1;
  expect(wrongWith(bytes)).toEqual([`bad-description @ ${at} description`]);
  const length = Buffer.from(stream).indexOf('{"page_size"') - 1;
  bytes.set(stream);
  bytes[length] = (bytes[length] as number) - 1;
  expect(wrongWith(bytes).map((each) => each.replace(/ @.*/, ""))).toEqual(["bad-description", "trailing-bytes"]);
});
