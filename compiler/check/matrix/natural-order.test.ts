import fc from "fast-check";
import { expect, test } from "vitest";
import { naturalOrder } from "./natural-order.ts";

test("builds stand in the order of their versions", () => {
  const sorted = ["5.2", "7.2", "7.2.1", "8.0-rc1", "8.0-rc2", "8.0", "8.0-fc25", "10.0", "10.0-el9", "f25", "f26"];
  for (let turn = 0; turn < sorted.length; turn++) {
    expect([...sorted.slice(turn), ...sorted.slice(0, turn)].sort(naturalOrder)).toEqual(sorted);
  }
});

test("numbers of any length are compared as such", () => {
  const long = "9".repeat(400);
  expect(naturalOrder(`1${long}`, long)).toBeGreaterThan(0);
  expect(naturalOrder("v 1", "v  1")).not.toBe(0);
});

test("it is an order: swapping changes the sign, and only a name itself is equal", () => {
  const name = fc.stringMatching(/^[a-c0-2.-]{0,6}$/);
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(naturalOrder(a, b))).toBe(-Math.sign(naturalOrder(b, a)) + 0);
      expect(naturalOrder(a, b) === 0).toBe(a === b);
    }),
  );
});

test("it is transitive", () => {
  const name = fc.stringMatching(/^[ab12.-]{0,5}(rc|dev)?[12]?$/);
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      const [first, second, third] = [a, b, c].sort(naturalOrder) as [string, string, string];
      expect(naturalOrder(first, third)).toBeLessThanOrEqual(0);
      expect(naturalOrder(first, second)).toBeLessThanOrEqual(0);
      expect(naturalOrder(second, third)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});
