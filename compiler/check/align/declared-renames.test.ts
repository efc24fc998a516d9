import { expect, test } from "vitest";
import { compare, parse } from "../index.ts";

type Json = Record<string, unknown>;

/** Fields in one line, `name:size`; behind it `?` for a condition, `vN` for the first version that has it and `<old` for a former name. */
function fieldsOf(text: string): Json[] {
  return text.split(" ").map((word) => {
    const [, field, size, condition, since, formerly] = /^(\w+):(\d+)(\?)?(?:v(\d+))?((?:<\w+)*)$/.exec(word) ?? [];
    if (field === undefined) throw new Error(`No field at '${word}'.`);
    const names = (formerly ?? "").split("<").slice(1);
    return {
      field,
      version_id: Number(since ?? 0),
      field_exists: condition !== undefined,
      size: Number(size),
      num: 1,
      ...(names.length === 0 ? {} : { formerly: names }),
    };
  });
}

/** Level, rule and path of all that is found forward. */
function check(old: string, new_: string): string[] {
  const versions = { version_id: 2, minimum_version_id: 2 };
  const [from, to] = [old, new_].map((text) => {
    const dump = { dev: { Name: "dev", ...versions, Description: { name: "dev", ...versions, Fields: fieldsOf(text) } } };
    return parse(Buffer.from(JSON.stringify(dump)), "dump.json");
  });
  if (from === undefined || to === undefined) throw new Error("unreachable");
  const forward = compare(from, to).findings.filter(({ levels }) => levels.forward !== "none");
  return forward.map(({ rule, levels, path }) => `${levels.forward} ${rule} ${path}`);
}

const RENAMED = ["info field-renamed dev/x"];

test.each([
  ["a rename", "a:4 y:0 b:4", "a:4 x:0<y b:4", RENAMED],
  ["one of several former names", "a:4 y:4 b:4", "a:4 x:4<z<y b:4", RENAMED],
  ["a rename to another size", "a:4 y:4 b:4", "a:4 x:8<y b:4", ["error field-size-changed dev/x", "info field-renamed dev/x"]],
  ["a rename of a field with its bytes still unknown on one side", "y:0 b:4", "x:8<y b:4", ["warning opaque-field dev/x", ...RENAMED]],
  ["a rename out of step", "a:4 y:8 b:4", "a:4 b:4 x:8<y", ["error field-reordered dev/x"]],
  ["a rename and a new condition", "a:4 y:4 b:4", "a:4 x:4?<y b:4", ["warning field-condition-changed dev/x", ...RENAMED]],
  ["a field that has its own former name beside it", "y:4", "x:8<y y:4", ["error field-added-unguarded dev/x"]],
  ["a name that the other side has already", "x:8 y:4", "x:8<y", ["error field-removed dev/y"]],
  ["swapped names", "x:4 y:8 b:4", "y:4<x x:8<y b:4", [...RENAMED, "info field-renamed dev/x"]],
  ["a swap that lies before both", "y:4<x x:8<y b:4", "y:4<x x:8<y b:4 c:4", ["error field-added-unguarded dev/c"]],
  ["a name handed on", "y:4 x:8", "x:4<y z:8<x", [...RENAMED, "info field-renamed dev/x"]],
  ["a name handed on to none", "y:4 x:8", "x:4<y", ["error field-size-changed dev/x", "error field-removed dev/y"]],
  ["two that claim one name", "y:4 b:2", "x:4<y z:8<y b:2", ["error field-added-unguarded dev/z", ...RENAMED]],
  ["one that claims two", "y:4 z:8 b:2", "x:8<y<z b:2", ["error field-removed dev/y", ...RENAMED]],
  ["a renamed field that is not read yet", "a:4 y:8", "a:4 x:8v3<y", ["error field-guard-changed dev/y"]],
] as const)("%s", (_, old, new_, found) => {
  expect(check(old, new_)).toEqual(found);
  const backward = found.map((each) =>
    each.replace("removed", "REMOVED").replace("added-unguarded", "removed").replace("REMOVED", "added-unguarded"),
  );
  expect(check(new_, old)).toEqual(backward);
});
