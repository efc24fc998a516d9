import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { analyzedStream, compareAnalyzed } from "./analyzed.ts";

const FOLDER = "fixtures/streams";
const VALUES = ".values.json.gz";
const files = readdirSync(FOLDER).filter((name) => name.endsWith(VALUES));
const open = (name: string): Buffer => gunzipSync(readFileSync(join(FOLDER, name)));

test("there is a stream of each build", () => expect(files.map((name) => name.split("-")[0]).sort()).toEqual(["10.0", "5.2", "7.2"]));

test.each(files)("%s: the values are those that QEMU's analyser printed", (name) => {
  const { sections, problems } = analyzedStream(open(name.replace(VALUES, ".gz")));
  expect(problems).toEqual([]);
  const compared = compareAnalyzed(Object.fromEntries(sections), JSON.parse(open(name).toString("utf8")));
  expect(compared.differs).toBeUndefined();
  expect(compared.values).toBeGreaterThan(1000);
});

test("a value that differs is told with its path", () => {
  const ours = { timer: { cpu_clock_offset: "00", regs: ["01", "02"] } };
  expect(compareAnalyzed(ours, { timer: { cpu_clock_offset: "00", regs: ["01", "03"] } })).toEqual({
    values: 3,
    differs: '/timer/regs/1: "02" here, "03" there',
  });
});
