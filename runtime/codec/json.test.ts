import { expect, test } from "vitest";
import { diffBytes, diffElements, diffNullable, diffValue } from "./diff.ts";
import { JsonError } from "./errors.ts";
import { asBool, asBytes, asElements, asHex64, asInt64, asNode, asObject, asUint8, hex64, hexBytes } from "./json.ts";

/** Code, path and sentence of a refusal. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof JsonError) return `${error.code} ${error.path} | ${error.message}`;
    throw error;
  }
  throw new Error("It is accepted.");
}

const DEEP: unknown = JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`);

test.each([
  ["type  | The state is null; it must be an object.", () => asObject(null, "", [])],
  ["type ring[3] | 'ring[3]' is an array; it must be an object.", () => asObject(DEEP, "ring[3]", [])],
  ["missing mcr | 'mcr' is missing.", () => asObject({}, "", ["mcr"])],
  ["missing a.toString | 'a.toString' is missing.", () => asObject({}, "a", ["toString"])],
  ['unknown mcrr | The state has a member "mcrr", which is not known.', () => asObject({ mcr: 1, mcrr: 1 }, "", ["mcr"])],
  ["unknown a.__proto__ | 'a' has a member \"__proto__\", which is not known.", () => asObject(JSON.parse('{"__proto__":1}'), "a", [])],
  ["type e | 'e' is an object; it must be an array.", () => asElements({ length: 2 }, "e", 2, 2, asUint8)],
  ["length e | 'e' has 1 elements; it must have 2.", () => asElements([1], "e", 2, 2, asUint8)],
  ["limit e | 'e' has 3 elements; it may have 0 to 2.", () => asElements([1, 2, 3], "e", 0, 2, asUint8)],
  ["range e[1] | 'e[1]' is 256; it may be 0 to 255.", () => asElements([1, 256], "e", 0, 2, asUint8)],
  ["type e[0] | 'e[0]' is undefined; it must be an integer from 0 to 255.", () => asElements(new Array(1), "e", 0, 2, asUint8)],
  ["missing t[0].value | 't[0].value' is missing.", () => asElements([{ key: 1 }], "t", 0, 2, (e, at) => asNode(e, at, asUint8, asUint8))],
  ["type u | 'u' is 0.5; it must be an integer from 0 to 255.", () => asUint8(0.5, "u")],
  ["type u | 'u' is NaN; it must be an integer from 0 to 255.", () => asUint8(Number.NaN, "u")],
  ["type b | 'b' is 1; it must be true or false.", () => asBool(1, "b")],
  [
    'form h | \'h\' is "0x00"; it must be a string of "0x" and 1 to 16 lower-case hex digits without leading zeros.',
    () => asHex64("0x00", "h"),
  ],
  ["type h | 'h' is 7; it must be a string of \"0x\" and 1 to 16 lower-case hex digits without leading zeros.", () => asHex64(7, "h")],
  ["form i | 'i' is \"-0\"; it must be a string of decimal digits without leading zeros.", () => asInt64("-0", "i")],
  [
    "range i | 'i' is 9223372036854775808; it may be -9223372036854775808 to 9223372036854775807.",
    () => asInt64("9223372036854775808", "i"),
  ],
  ["form d | 'd' is \"0A\"; it must be a string of two lower-case hex digits for each byte.", () => asBytes("0A", "d", 1, 1)],
  ["form d | 'd' is \"abc\"; it must be a string of two lower-case hex digits for each byte.", () => asBytes("abc", "d", 1, 1)],
  ["length d | 'd' has 3 bytes; it must have 2.", () => asBytes("aabbcc", "d", 2, 2)],
])("%s", (expected, work) => {
  expect(refusal(work)).toBe(expected);
});

test("what is refused is shown short and on one line", () => {
  const message = refusal(() => asHex64(`\n\u001b[2J${"9".repeat(1 << 20)}`, "h"));
  expect(message.length).toBeLessThan(250);
  expect(message).toContain('is "\\n\\u001b[2J999');
});

test("a number of a million digits is refused before it becomes one", () => {
  const start = performance.now();
  for (const digits of ["1".repeat(1 << 20), `0x${"1".repeat(1 << 20)}`]) {
    expect(refusal(() => asInt64(digits, "i"))).toMatch(/^form/);
    expect(refusal(() => asHex64(digits, "i"))).toMatch(/^form/);
  }
  expect(performance.now() - start).toBeLessThan(1000);
});

test("64-bit numbers and bytes come back as they were, and -0 as 0", () => {
  for (const value of [0n, 1n, 0xffff_ffff_ffff_ffffn]) expect(asHex64(hex64(value), "")).toBe(value);
  for (const value of [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)]) expect(asInt64(String(value), "")).toBe(value);
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(asBytes(hexBytes(bytes), "", 256, 256)).toEqual(bytes);
  expect(asUint8(-0, "")).toBe(0);
});

test("bytes that differ are told by their runs, and a length apart from what both have", () => {
  expect(diffBytes(Uint8Array.of(1, 2, 3, 4, 5), Uint8Array.of(1, 0, 0, 4, 0), "d")).toEqual([
    { path: "d[1..2]", from: "0203", to: "0000" },
    { path: "d[4]", from: "05", to: "00" },
  ]);
  expect(diffElements([1, 2], [1, 3, 4], "e", diffValue)).toEqual([
    { path: "e.length", from: 2, to: 3 },
    { path: "e[1]", from: 2, to: 3 },
  ]);
  expect(diffNullable<number>(undefined, 7, "n", (value) => value, diffValue)).toEqual([{ path: "n", from: null, to: 7 }]);
});

test("two states may differ in more places than a call takes arguments", () => {
  const many = 200_000;
  const rows = (value: number): number[][] => [new Array<number>(many).fill(value)];
  expect(diffElements(rows(0), rows(1), "e", (a, b, at) => diffElements(a, b, at, diffValue))).toHaveLength(many);
});
