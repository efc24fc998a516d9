import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compare, type Finding, type Metadata, parse, type Report } from "./index.ts";
import { generatePair } from "./model/generate.ts";
import { createRandom } from "./model/random.ts";
import { toDump } from "./model/schema.ts";

/** How many times the usual number of runs; the long form raises it. */
const RUNS = Number(process.env.VMSTATE_RUNS ?? 1);
const SEED = process.env.VMSTATE_SEED === undefined ? {} : { seed: Number(process.env.VMSTATE_SEED) };
const dumps = readdirSync("fixtures/dumps")
  .filter((name) => name.endsWith(".json.gz"))
  .map((name) => ({ name, metadata: parse(readFileSync(`fixtures/dumps/${name}`), name) }));
const pairsOfDumps = dumps.flatMap((old, at) => dumps.slice(at + 1).map((new_) => ({ name: `${old.name} ${new_.name}`, old, new: new_ })));

/** A device in two builds, as the texts of their dumps. */
const textPairs = fc
  .integer({ min: 1, max: 1_000_000 })
  .map((seed) => ({ seed, pair: generatePair(seed) }))
  .map(({ seed, pair }) => {
    return { seed, old: toDump(pair.old, pair.flavours.old, 0), new: toDump(pair.new, pair.flavours.new, 40) };
  });

const read = (text: string): Metadata => parse(Buffer.from(text), "metadata.json");
const check = (old: string, new_: string): Report => compare(read(old), read(new_));

/** What must not depend on how a file is laid out. */
function gist(report: Report): object {
  const findings = report.findings.map(({ rule, path, fingerprint, levels, certainties, sections }) => ({
    ...{ rule, path, fingerprint, levels, certainties, sections },
  }));
  const sections = Object.entries(report.sections).map(([name, { forward, backward }]) => ({ name, forward, backward }));
  return { verdict: report.verdict, sections, findings: findings.sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)) };
}

function swapped(report: Report): object {
  const swap = <T>({ forward, backward }: { forward: T; backward: T }): { forward: T; backward: T } => ({
    forward: backward,
    backward: forward,
  });
  const findings = report.findings.map((finding) => ({ ...finding, levels: swap(finding.levels), certainties: swap(finding.certainties) }));
  const sections = Object.fromEntries(Object.entries(report.sections).map(([name, section]) => [name, { ...section, ...swap(section) }]));
  return gist({ ...report, verdict: swap(report.verdict), findings, sections });
}

test.each(dumps)("a build has no findings against itself: $name", ({ metadata }) => {
  expect(compare(metadata, metadata).findings).toEqual([]);
});

test("a generated build has no findings against itself", () => {
  fc.assert(
    fc.property(textPairs, ({ old, new: new_ }) => [old, new_].every((text) => check(text, text).findings.length === 0)),
    SEED,
  );
});

test.each(pairsOfDumps)("swapped arguments swap the columns: $name", ({ old, new: new_ }) => {
  const report = compare(old.metadata, new_.metadata);
  expect(gist(compare(new_.metadata, old.metadata))).toEqual(swapped(report));
  expect(report.findings.length).toBeGreaterThan(0);
});

test("swapped arguments swap the columns of generated builds", () => {
  fc.assert(
    fc.property(textPairs, ({ old, new: new_ }) => {
      expect(gist(check(new_, old))).toEqual(swapped(check(old, new_)));
    }),
    { ...SEED, numRuns: 400 * RUNS },
  );
});

/** The same value with the keys of every object in another order and other white space; arrays keep theirs. */
function rewritten(text: string, seed: number): string {
  const random = createRandom(seed);
  const shuffle = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffle);
    if (typeof value !== "object" || value === null) return value;
    const keyed = Object.entries(value).map(([key, inner]) => ({ key, inner, rank: random.int(1_000_000) }));
    return Object.fromEntries(keyed.sort((a, b) => a.rank - b.rank).map(({ key, inner }) => [key, shuffle(inner)]));
  };
  return JSON.stringify(shuffle(JSON.parse(text)), null, random.pick([0, 1, 2, 4, "\t", " \n"]));
}

test("key order, indentation and the order of sections change nothing", () => {
  fc.assert(
    fc.property(textPairs, fc.integer(), ({ old, new: new_ }, seed) => {
      expect(gist(check(rewritten(old, seed), rewritten(new_, seed + 1)))).toEqual(gist(check(old, new_)));
    }),
    { ...SEED, numRuns: 200 * RUNS },
  );
});

test.each(pairsOfDumps)("key order and indentation change nothing in real builds: $name", ({ old, new: new_ }) => {
  const [left, right] = [rewritten(old.metadata.source.text, 1), rewritten(new_.metadata.source.text, 2)];
  expect(gist(check(left, right))).toEqual(gist(compare(old.metadata, new_.metadata)));
});

test("a device without findings changes no finding of the others", () => {
  fc.assert(
    fc.property(textPairs, textPairs, ({ old, new: new_ }, other) => {
      // A device with array lengths in a file without would change what is known about the whole file.
      const { dev } = JSON.parse(other.old.replaceAll(/"num":\d+,/g, ""));
      const withDevice = (text: string): string => JSON.stringify({ aa: dev, ...JSON.parse(text), zz: dev });
      const [before, after] = [check(old, new_), check(withDevice(old), withDevice(new_))];
      const findings = ({ findings: all }: Report): object[] => all.map(({ old: _, new: __, ...rest }) => rest);
      expect(findings(after)).toEqual(findings(before));
      expect(after.sections).toMatchObject(before.sections);
    }),
    { ...SEED, numRuns: 200 * RUNS },
  );
});

test("two runs give the same report", () => {
  fc.assert(
    fc.property(textPairs, ({ old, new: new_ }) => {
      const [first, second] = [check(old, new_), check(old, new_)].map((report) => JSON.stringify(report));
      expect(second).toBe(first);
    }),
    SEED,
  );
});

function expectExactPlaces(finding: Finding, texts: { old: string; new: string }): number {
  let places = 0;
  for (const side of ["old", "new"] as const) {
    const place = finding[side];
    if (place === undefined) continue;
    const text = texts[side];
    const value = place.pointer
      .split("/")
      .slice(1)
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key.replaceAll("~1", "/").replaceAll("~0", "~")], JSON.parse(text));
    expect(JSON.parse(text.slice(place.offset, place.end))).toEqual(value);
    const lines = text.slice(0, place.offset).split("\n");
    expect([place.line, place.column]).toEqual([lines.length, (lines.at(-1)?.length ?? 0) + 1]);
    places++;
  }
  return places;
}

test("every place slices to the JSON value at its pointer, pretty or minified", () => {
  let places = 0;
  const reindented = (text: string, indent: number): string => JSON.stringify(JSON.parse(text), null, indent);
  fc.assert(
    fc.property(textPairs, fc.constantFrom(0, 2, 4), (pair, indent) => {
      const texts = { old: reindented(pair.old, indent), new: reindented(pair.new, indent) };
      for (const finding of check(texts.old, texts.new).findings) places += expectExactPlaces(finding, texts);
    }),
    SEED,
  );
  expect(places).toBeGreaterThan(50);
});

test.each(pairsOfDumps)("every place in real dumps is exact: $name", ({ old, new: new_ }) => {
  const texts = { old: old.metadata.source.text, new: new_.metadata.source.text };
  const minified = { old: JSON.stringify(JSON.parse(texts.old)), new: JSON.stringify(JSON.parse(texts.new)) };
  // Walking a whole dump for every place takes seconds; the first findings stand for all.
  for (const each of [texts, minified]) {
    for (const finding of check(each.old, each.new).findings.slice(0, 12)) expectExactPlaces(finding, each);
  }
});
