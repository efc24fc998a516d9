import { expect, test } from "vitest";
import { pairedRatio } from "./statistics.ts";

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

test("of 15 pairs the median is the 8th ratio and its 95 % bound the 12th", () => {
  const times = [15, 1, 14, 2, 13, 3, 12, 4, 11, 5, 10, 6, 9, 7, 8];
  expect(pairedRatio(times, ones(15))).toEqual({ median: 8, bound: 12 });
});

test("fewer than 5 pairs bound nothing", () => {
  expect(pairedRatio([1, 2, 3, 4], ones(4)).bound).toBeUndefined();
  expect(pairedRatio([1, 2, 3, 4, 5], ones(5)).bound).toBe(5);
});

test("what is compared is of one round", () => {
  expect(pairedRatio([10, 40, 90], [10, 20, 30]).median).toBe(2);
});
