import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Metadata, readMetadata } from "../../describe/index.ts";
import { slotsAt } from "../align/slots.ts";
import { compare } from "../compare.ts";
import { type Frame, type Layout, type Pair, pointerOf } from "../pair.ts";
import type { Certainty, Level, Particulars } from "../rule.ts";
import { RULES } from "./index.ts";

interface Levels {
  readonly forward: Level;
  readonly backward: Level;
}

interface Expected extends Levels {
  readonly certainty: Certainty;
  readonly path: string;
  /** Rules that cannot but speak too, as the other direction of the same change. */
  readonly alsoFires?: Readonly<Record<string, Levels>>;
}

const PAIRS = "fixtures/rules";
const DUMPS = "fixtures/dumps";
const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "index.ts");
const fixtures = readdirSync(PAIRS).sort();

function load(path: string): Metadata {
  return readMetadata(readFileSync(path), path);
}

function loadPair(id: string): { old: Metadata; new: Metadata; expected: Expected } {
  const expected = JSON.parse(readFileSync(join(PAIRS, id, "expected.json"), "utf8")) as Expected;
  return { old: load(join(PAIRS, id, "old.json")), new: load(join(PAIRS, id, "new.json")), expected };
}

function kebab(camelCase: string): string {
  return camelCase.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`);
}

describe("the catalogue", () => {
  test("each file holds one rule, whose id is the file's and the export's name, and the list has them all", async () => {
    for (const file of files) {
      const exports = Object.entries((await import(join(import.meta.dirname, file))) as Record<string, { id: string }>);
      expect(exports.map(([name, { id }]) => [`${kebab(name)}.ts`, `${id}.ts`])).toEqual([[file, file]]);
    }
    expect(RULES.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  test("each rule has a fixture pair and each fixture pair a rule", () => {
    expect(RULES.map(({ id }) => id).sort()).toEqual(fixtures);
  });

  test("prose is in sentences and no two rules say the same", () => {
    for (const { id, summary, why, fix } of RULES) {
      expect(summary, id).toMatch(/^[a-z].*[^.]$/);
      for (const sentence of [why, fix]) expect(sentence, id).toMatch(/^[A-Z].*\.$/);
    }
    for (const key of ["id", "summary", "why"] as const) expect(new Set(RULES.map((rule) => rule[key])).size).toBe(RULES.length);
  });

  test("no two rules share a message", () => {
    const speaker = new Map<string, string>();
    for (const id of fixtures) {
      const pair = loadPair(id);
      for (const finding of compare(pair.old, pair.new).findings) {
        expect(finding.message, finding.rule).toMatch(/\.$/);
        const wording = finding.message.replace(/'[^']*'|\d+/g, "…");
        expect(speaker.get(wording) ?? finding.rule, wording).toBe(finding.rule);
        speaker.set(wording, finding.rule);
      }
    }
  });
});

describe.each(fixtures)("%s", (id) => {
  const pair = loadPair(id);

  test("is found in its pair, where and as gravely as expected, and no other rule speaks", () => {
    const { findings, sections } = compare(pair.old, pair.new);
    const { alsoFires = {}, forward, backward, certainty, path } = pair.expected;
    expect(findings.filter(({ rule }) => rule === id)).toMatchObject([{ levels: { forward, backward }, certainty, path }]);
    const others = findings.filter(({ rule }) => rule !== id).map(({ rule, levels }) => [rule, levels]);
    expect(Object.fromEntries(others)).toEqual(alsoFires);
    expect(others.length).toBe(Object.keys(alsoFires).length);
    const touched = new Set(findings.flatMap((finding) => finding.sections));
    const silent = Object.entries(sections).filter(([type]) => !touched.has(type));
    expect(silent.length).toBeGreaterThan(0);
    for (const [, { forward: ahead, backward: back }] of silent) expect([ahead, back]).toEqual(["compatible", "compatible"]);
  });

  test("trades its directions when the files trade places", () => {
    const there = compare(pair.old, pair.new).findings;
    const back = compare(pair.new, pair.old).findings;
    const key = ({ rule, fingerprint }: { rule: string; fingerprint: string }): string => `${rule} ${fingerprint}`;
    const swapped = there.map((finding) => [key(finding), finding.levels.backward, finding.levels.forward, finding.path]);
    expect(back.map((finding) => [key(finding), finding.levels.forward, finding.levels.backward, finding.path]).sort()).toEqual(
      swapped.sort(),
    );
  });
});

const everything = [
  ...fixtures.flatMap((id) => [join(PAIRS, id, "old.json"), join(PAIRS, id, "new.json")]),
  ...readdirSync(DUMPS).map((name) => join(DUMPS, name)),
];

describe("what is the same on both sides", () => {
  test.each(everything)("%s against itself is silent", (path) => {
    const report = compare(load(path), load(path));
    expect(report.findings).toEqual([]);
  });

  test("is silent too when a rule is handed it without alignment", () => {
    let asked = 0;
    for (const path of everything) {
      for (const pair of identicalPairs(load(path))) {
        for (const rule of RULES) {
          if (rule.on !== pair.on) continue;
          asked++;
          const spoken = (rule.check as (pair: Pair) => Particulars | undefined)(pair);
          if (spoken !== undefined) expect.fail(`${rule.id} speaks on ${path}: ${spoken.message}`);
        }
      }
    }
    expect(asked).toBeGreaterThan(100_000);
  });
});

/** Every section, description, subsection and field of a file, each paired with itself. */
function* identicalPairs(metadata: Metadata): Generator<Pair> {
  yield { on: "metadata", from: metadata, to: metadata };
  for (const [type, section] of metadata.sections) {
    const side = { type, section, pointer: `/${type}` };
    yield { on: "section", type, from: side, to: side, absenceProven: false };
    if (section.Description === undefined) continue;
    yield* identicalBelow({ vmsd: section.Description, pointer: `/${type}/Description` }, "section", undefined, "");
  }
}

function* identicalBelow(layout: Layout, kind: Frame["kind"], parent: Frame | undefined, via: string): Generator<Pair> {
  const version = layout.vmsd.version_id;
  const frame: Frame = { kind, parent, via, from: layout, to: layout, fromVersion: version, toVersion: version, conditions: [] };
  // Such a pair exists only where a side has no fields (pair.ts, VmsdPair).
  if ((layout.vmsd.Fields ?? []).length === 0) yield { on: "vmsd", frame };
  for (const slot of slotsAt(layout, version).flatMap((each) => each.variants ?? [each])) {
    const next = { from: undefined, to: undefined };
    yield {
      on: "field",
      relation: "matched",
      frame,
      from: [slot],
      to: [slot],
      next,
      offset: { bytes: 0, exact: true },
      countsKnown: true,
      streamed: false,
    };
    const inner = slot.field.Description;
    if (inner !== undefined) yield* identicalBelow({ vmsd: inner, pointer: `${pointerOf(slot)}/Description` }, "struct", frame, slot.label);
  }
  for (const [index, vmsd] of (layout.vmsd.Subsections ?? []).entries()) {
    const inner = { vmsd, pointer: `${layout.pointer}/Subsections/${index}` };
    yield { on: "subsection", frame, from: inner, to: inner };
    yield* identicalBelow(inner, "subsection", frame, vmsd.name);
  }
}
