import { expect, test } from "vitest";
import { mergeOrder, sentSlots, slotKey, slotsOf } from "./slots.ts";

const keys = (slots: ReturnType<typeof slotsOf>): string[] => slots.map(slotKey);

test("a number in a stream is the place in the declared list, unless the name is one", () => {
  const declared = slotsOf(["config", "config", "e[0]", "unused"]);
  expect(keys(sentSlots(["config[1]", "e[0]", "unused", "x[0]"], declared))).toEqual(["config#1", "e[0]#0", "unused#0", "x[0]#0"]);
});

test("elements that a stream lists one by one are one place", () => {
  expect(keys(sentSlots(["a", "dev", "dev", "b"], []))).toEqual(["a#0", "dev#0", "dev#0", "b#0"]);
});

test("what only one order has stands behind what it follows there", () => {
  const order = mergeOrder(slotsOf(["a", "c", "e"]), slotsOf(["0", "a", "b", "c", "d1", "d2"]));
  expect(order.map(({ name }) => name)).toEqual(["0", "a", "b", "c", "d1", "d2", "e"]);
});
