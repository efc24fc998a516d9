import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { catalogue } from "./catalogue.ts";
import { EXAMPLES } from "./examples.ts";
import { explainRule, suggestRules } from "./explain-rule.ts";
import { generateExamples } from "./generate-examples.ts";

const ids = [...new Set(catalogue().map(({ id }) => id))];

test("the examples are those of the fixtures; npm run generate refreshes them", () => {
  expect(readFileSync(join(import.meta.dirname, "examples.json"), "utf8")).toBe(generateExamples("fixtures"));
});

test("the catalogue has each rule once a kind, and only what is prose or a name", () => {
  const keys = catalogue().map(({ kind, id }) => `${kind} ${id}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.length).toBeGreaterThan(40);
  expect(JSON.parse(JSON.stringify(catalogue()))).toEqual(catalogue());
});

test.each(ids)("%s has a page with reason, remedy and what is said about its example", (id) => {
  const page = (explainRule(id, { columns: 1000 }) ?? "").split("\n");
  for (const entry of catalogue().filter((each) => each.id === id)) {
    expect(page).toContain(`why: ${entry.why}`);
    expect(page).toContain(`fix: ${entry.fix}`);
    const example = EXAMPLES[entry.kind][id];
    expect(page).toContain(`  ${example?.message}`);
  }
});

test.each(ids)("%s keeps to the columns that it is given", (id) => {
  const drawn = [
    ...Object.values(EXAMPLES.check).flatMap((each) => [...each.old, ...each.new]),
    ...Object.values(EXAMPLES.lint).flatMap(({ file }) => file),
  ];
  for (const columns of [60, 80, 120]) {
    const long = (explainRule(id, { columns }) ?? "").split("\n").filter((line) => line.length > columns);
    // A drawn line is never cut.
    expect(long.filter((line) => !drawn.some((each) => line.trim().endsWith(each.trim())))).toEqual([]);
  }
});

test("the page of a break shows both layouts beside each other and the loader's message", () => {
  const page = explainRule("field-added-unguarded") ?? "";
  expect(page).toMatch(/\n {2}old {20,}new\n/);
  expect(page).toMatch(/\n {30,}drq_state {5}1 byte\n/);
  expect(page).toContain("fails with: Missing section footer for …/pciespscsi\n");
  expect(page).not.toContain("\u001b");
  expect(explainRule("field-added-unguarded", { colour: true })).toContain("\u001b[1mfield-added-unguarded\u001b[0m");
});

test("an id that a check and a lint rule share explains both", () => {
  const page = explainRule("subsection-name-prefix") ?? "";
  expect(page).toContain("\nvmstate-check, on a subsection\n");
  expect(page).toContain("\nvmstate lint, on a description\n");
});

test("an unknown id gives no page, but the ids that may be meant", () => {
  expect(explainRule("field-aded")).toBeUndefined();
  expect(suggestRules("field-aded")).toEqual(["field-added-unguarded"]);
  expect(suggestRules("version-too-new")).toEqual(["section-version-too-new"]);
  expect(suggestRules("Field-Removed")[0]).toBe("field-removed");
  expect(suggestRules("xyzzy")).toEqual([]);
});
