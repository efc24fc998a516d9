import { expect, test } from "vitest";
import { copyBytes } from "./copy-bytes.ts";

const PATTERN = Uint8Array.from({ length: 64 }, (_, at) => at + 1);

test.each([
  ["private to shared", false, true],
  ["shared to private", true, false],
  ["shared to shared", true, true],
  ["private to private", false, false],
])("bytes are copied from anywhere to anywhere, %s", (_, isFromShared, isIntoShared) => {
  const from = memory(isFromShared);
  from.set(PATTERN);
  for (let start = 0; start < 9; start++) {
    for (let at = 0; at < 9; at++) {
      for (const length of [0, 1, 7, 8, 31]) {
        const into = memory(isIntoShared);
        copyBytes(into, at, from.subarray(start, start + length));
        const expected = new Uint8Array(64);
        expected.set(PATTERN.subarray(start, start + length), at);
        expect([...into]).toEqual([...expected]);
      }
    }
  }
});

test("nothing is written that has no room", () => {
  const into = memory(true);
  expect(() => copyBytes(into, 60, PATTERN.subarray(0, 8))).toThrow(RangeError);
  expect([...into].some((byte) => byte !== 0)).toBe(false);
});

function memory(isShared: boolean): Uint8Array {
  return isShared ? new Uint8Array(new SharedArrayBuffer(64)) : new Uint8Array(64);
}
