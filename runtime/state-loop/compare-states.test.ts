import fc from "fast-check";
import { expect, test } from "vitest";
import { differencesOf, sameState } from "./compare-states.ts";
import { copyState, poisonedCopy } from "./copy-state.ts";
import { leavesOf } from "./proof/faulty-codec.ts";
import { at, put, stepsOf } from "./steps.ts";

const SEED = Number(process.env.VMSTATE_SEED ?? "1");

const leaf = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.bigInt(),
  fc.uint8Array({ maxLength: 12 }),
  fc.array(fc.integer(), { maxLength: 12 }),
  fc.constant(undefined),
);
const { state } = fc.letrec((tie) => ({
  state: fc.dictionary(
    fc.constantFrom("a", "b", "env.c", "ring", "e"),
    fc.oneof({ maxDepth: 3 }, leaf, tie("state"), fc.array(tie("state"), { maxLength: 3 })),
    {
      noNullPrototype: true,
    },
  ),
}));

test("a copy is the same and nobody else's; of a poisoned one no leaf is the same, and twice poisoned is the first", () => {
  const property = fc.property(state, (one) => {
    const [copy, poisoned] = [copyState(one), poisonedCopy(one)];
    expect(sameState(one, copy)).toBe(true);
    expect(differencesOf(one, copy)).toEqual([]);
    for (const steps of leavesOf(one)) expect(at(poisoned, steps)).not.toBe(at(one, steps));
    expect(poisonedCopy(poisoned)).toEqual(one);
    for (const steps of leavesOf(copy)) put(copy, steps, 3.5);
    for (const steps of leavesOf(one)) expect(at(one, steps)).not.toBe(3.5);
  });
  fc.assert(property, { seed: SEED });
});

test("one leaf that is changed is one difference, at its path", () => {
  const property = fc.property(state, fc.nat(), (one, n) => {
    const leaves = leavesOf(one);
    const steps = leaves[n % Math.max(1, leaves.length)];
    fc.pre(steps !== undefined);
    const other = copyState(one);
    put(other, steps, at(poisonedCopy(one), steps));
    expect(sameState(one, other)).toBe(false);
    expect(sameState(other, one)).toBe(false);
    const found = differencesOf(one, other);
    expect(found).toHaveLength(1);
    expect(at(one, stepsOf(one, found[0]?.path ?? "") ?? [])).toBe(at(one, steps));
  });
  fc.assert(property, { seed: SEED });
});

test("what only one of two has is told, and a length", () => {
  expect(sameState({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(differencesOf({ a: 1 }, { a: 1, b: 2n })).toEqual([{ path: "b", from: null, to: "2" }]);
  expect(differencesOf({ ring: [{ a: 1 }] }, { ring: [] })).toEqual([{ path: "ring.length", from: 1, to: 0 }]);
  expect(differencesOf({ e: [1, 2, 3] }, { e: [1, 2, 4] })).toEqual([{ path: "e[2]", from: 3, to: 4 }]);
  expect(differencesOf({ e: Uint8Array.of(1, 2, 3) }, { e: Uint8Array.of(1, 9, 9) })).toEqual([
    { path: "e[1..2]", from: "0203", to: "0909" },
  ]);
});

test("paths are walked by what a state has, as names may hold dots", () => {
  const held = { "env.c": [{ a: 1 }], env: { d: 2 } };
  expect(stepsOf(held, "env.c[0].a")).toEqual(["env.c", 0, "a"]);
  expect(stepsOf(held, "env.d")).toEqual(["env", "d"]);
  expect(stepsOf(held, "env.c[1].a")).toBeUndefined();
  expect(stepsOf(held, "env.x")).toBeUndefined();
});
