import { expect, test } from "vitest";
import { type Bandwidth, bytesPerSecond, measure, type Progress, UNMEASURED } from "./bandwidth.ts";

const MEBIBYTE = 1 << 20;

const progress = (at: number, sentBytes: number, takenBytes?: number, idle = 0): Progress => ({ at, idle, sentBytes, takenBytes });
const measured = (...all: readonly Progress[]): Bandwidth => all.reduce(measure, UNMEASURED);
const mebibytes = (...all: readonly Progress[]): number => (bytesPerSecond(measured(...all)) ?? Number.NaN) / MEBIBYTE;

test("one window is no measurement", () => {
  expect(bytesPerSecond(UNMEASURED)).toBeUndefined();
  expect(bytesPerSecond(measured(progress(0, 0)))).toBeUndefined();
  expect(bytesPerSecond(measured(progress(0, 0), progress(100, 10 * MEBIBYTE)))).toBeUndefined();
  expect(mebibytes(progress(0, 0), progress(100, 10 * MEBIBYTE), progress(200, 20 * MEBIBYTE))).toBe(100);
});

test("a window is at least 100 ms long, however often it is looked at", () => {
  const often = Array.from({ length: 200 }, (_, ms) => progress(ms, ms * MEBIBYTE));
  expect(bytesPerSecond(measured(...often))).toBeUndefined();
  expect(mebibytes(...often, progress(200, 200 * MEBIBYTE))).toBe(1000);
});

test("of two windows that agree the slower one counts", () => {
  expect(mebibytes(progress(0, 0), progress(100, 10 * MEBIBYTE), progress(200, 18 * MEBIBYTE))).toBe(80);
  expect(mebibytes(progress(0, 0), progress(100, 8 * MEBIBYTE), progress(200, 18 * MEBIBYTE))).toBe(80);
});

test("of two that do not agree neither is believed: the rate may fall again as much", () => {
  expect(mebibytes(progress(0, 0), progress(100, 40 * MEBIBYTE), progress(200, 60 * MEBIBYTE))).toBe((200 * 1.25) / 2);
});

test("only the last two windows count", () => {
  const all = [progress(0, 0), progress(100, 900 * MEBIBYTE), progress(200, 910 * MEBIBYTE), progress(300, 920 * MEBIBYTE)];
  expect(mebibytes(...all)).toBe(100);
});

test("what the destination has not taken was not brought over", () => {
  const all = [progress(0, 0, 0), progress(100, 500 * MEBIBYTE, 10 * MEBIBYTE), progress(200, 510 * MEBIBYTE, 20 * MEBIBYTE)];
  expect(mebibytes(...all)).toBe(100);
});

test("a destination that tells seldom makes windows longer, not rates of 0", () => {
  const told = (ms: number): number => Math.floor(ms / 250) * 16 * MEBIBYTE;
  const all = Array.from({ length: 101 }, (_, nth) => progress(nth * 10, nth * MEBIBYTE, told(nth * 10)));
  expect(mebibytes(...all)).toBe(64);
});

test("time in which there was nothing to send does not count", () => {
  const all = [progress(0, 0), progress(1000, 10 * MEBIBYTE, undefined, 900), progress(1100, 20 * MEBIBYTE, undefined, 900)];
  expect(mebibytes(...all)).toBe(100);
});

test("a window in which next to nothing was sent measures nothing", () => {
  const all = [progress(0, 0), progress(100, 10 * MEBIBYTE), progress(200, 20 * MEBIBYTE), progress(5000, 20 * MEBIBYTE + 8000)];
  expect(mebibytes(...all)).toBe(100);
});
