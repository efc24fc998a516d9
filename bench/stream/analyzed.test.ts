import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { analyzedStream, compareAnalyzed } from "./analyzed.ts";

const VALUES = "fixtures/stream-values";
const names = readdirSync(VALUES).map((file) => file.replace(".json.gz", ""));
const open = (path: string): Buffer => gunzipSync(readFileSync(path));

test("there is a stream of each build", () => expect(names.map((name) => name.split("-")[0]).sort()).toEqual(["10.0", "5.2", "7.2"]));

test.each(names)("%s: the values are those that QEMU's analyser printed", (name) => {
  const { sections, problems } = analyzedStream(open(join("fixtures/streams", `${name}.mig.gz`)));
  expect(problems).toEqual([]);
  const compared = compareAnalyzed(Object.fromEntries(sections), JSON.parse(open(join(VALUES, `${name}.json.gz`)).toString("utf8")));
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
