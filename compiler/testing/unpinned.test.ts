import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { SampleProject } from "./sample-project.ts";
import { unpinEach } from "./unpin/unpin-each.ts";
import { unpinnedTable } from "./unpin/unpinned-table.ts";

const project = new SampleProject();
afterAll(() => rmSync(project.root, { recursive: true }));

const BOTH = ["the generated metadata says what the descriptors say", "the last release's machines move here and back"];

test("a property that is taken away is named by a test of every machine type that has it", () => {
  const start = performance.now();
  const rows = unpinEach({ root: project.root });
  const each = (performance.now() - start) / rows.length;
  console.log(unpinnedTable(rows));
  expect(rows.map(({ machine, profile = "", property, value }) => [machine, profile, property, value])).toEqual([
    ["pc-2.1", "", "nic.offload", false],
    ["pc-2.0", "", "nic.offload", false],
    ["pc-2.1", "", "nic.wide", false],
    ["pc-2.1", "7.2", "nic.trace", false],
    ["pc-2.0", "7.2", "nic.trace", false],
    ["pc-2.0", "", "nic.queues", 2],
    ["pc-2.0", "", "nic.wide", true],
  ]);
  expect(rows.filter(({ tests }) => tests.length < BOTH.length)).toEqual([]);
  expect(rows.map(({ stream }) => stream)).not.toContain("none seen");
  expect(each).toBeLessThan(1000);
});

test("the descriptors are as they were", () => {
  expect(unpinEach({ root: project.root, names: ["old"] }).map(({ property }) => property)).toEqual([
    "nic.offload",
    "nic.trace",
    "nic.queues",
    "nic.wide",
  ]);
});
