import { expect, test } from "vitest";
import { readMetadataFile } from "../describe/index.ts";
import { compare } from "./compare.ts";
import { scopeOfMetadata } from "./scope/index.ts";

const stream = readMetadataFile("fixtures/streams/10.0-pc-i440fx-2.12-e1000.mig.gz");
const dump = readMetadataFile("fixtures/dumps/qemu-10.0-pc-i440fx-2.12.json.gz");
const older = readMetadataFile("fixtures/dumps/qemu-7.2-pc-i440fx-2.12.json.gz");

const errors = (report: ReturnType<typeof compare>): string[] =>
  report.findings
    .filter(({ levels }) => levels.forward === "error" || levels.backward === "error")
    .map(({ rule, path }) => `${rule} ${path}`);

test("a stream says which machine wrote it, and what it sent with kinds and counts", () => {
  expect(stream).toMatchObject({ origin: "stream", machine: "pc-i440fx-2.12", countsKnown: true });
  expect(stream.sections.get("e1000")?.Description?.Fields?.[1]).toMatchObject({ num: 1, kind: expect.any(String) });
});

test("a stream breaks nothing against the dump of the build that wrote it, in either place", () => {
  expect(errors(compare(stream, dump))).toEqual([]);
  expect(errors(compare(dump, stream))).toEqual([]);
  expect(compare(stream, stream).findings).toEqual([]);
});

test("a stream as scope keeps the sections it holds", () => {
  const report = compare(older, dump, { scope: scopeOfMetadata(stream) });
  expect(report.sections.e1000).toBeDefined();
  expect(report.sections.dc390).toBeUndefined();
  expect(errors(report)).toEqual([]);
});

test("a path is the same whatever the scope", () => {
  const scope = { source: "list" as const, types: ["dc390"], complete: true, unknown: [] };
  const [whole, scoped] = [compare(older, dump), compare(older, dump, { scope })];
  expect(errors(scoped)).toEqual(errors(whole));
  expect(scoped.findings[0]).toMatchObject({ path: "esp/drq_state", sections: ["dc390"] });
});
