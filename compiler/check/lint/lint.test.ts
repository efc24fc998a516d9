import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Metadata, readMetadata } from "../../describe/index.ts";
import { RULES } from "../rules/index.ts";
import schema from "../schemas/lint.schema.json" with { type: "json" };
import { LINT_RULES } from "./index.ts";
import { renderLint } from "./render-lint.ts";
import { lint } from "./run-lint.ts";

interface Expected {
  readonly level: string;
  readonly path: string;
  readonly sections: readonly string[];
}

const ALONE = "fixtures/lint";
const DUMPS = "fixtures/dumps";
const fixtures = readdirSync(ALONE).sort();
const files = readdirSync(join(import.meta.dirname, "rules"));
const validate = new Ajv().compile(schema);

function load(path: string): Metadata {
  return readMetadata(readFileSync(path), path);
}

function fromText(text: string): Metadata {
  return readMetadata(Buffer.from(text), "made-up.json");
}

describe("the catalogue", () => {
  test("each file holds one rule, whose id is the file's and the export's name, and the list has them all", async () => {
    for (const file of files) {
      const exports = Object.entries((await import(join(import.meta.dirname, "rules", file))) as Record<string, { id: string }>);
      const kebab = (name: string): string => name.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`);
      expect(exports.map(([name, { id }]) => [`${kebab(name)}.ts`, `${id}.ts`])).toEqual([[file, file]]);
    }
    expect(LINT_RULES.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
    expect(LINT_RULES.map(({ id }) => id).sort()).toEqual(fixtures);
  });

  test("prose is in sentences and no two rules say the same, whether they lint or check", () => {
    for (const { id, summary, why, fix } of LINT_RULES) {
      expect(summary, id).toMatch(/^[a-z].*[^.]$/);
      for (const sentence of [why, fix]) expect(sentence, id).toMatch(/^[A-Z].*\.$/);
    }
    const all = [...RULES, ...LINT_RULES];
    for (const key of ["summary", "why"] as const) expect(new Set(all.map((rule) => rule[key])).size).toBe(all.length);
  });
});

describe.each(fixtures)("%s", (id) => {
  const metadata = load(join(ALONE, id, "file.json"));
  const expected = JSON.parse(readFileSync(join(ALONE, id, "expected.json"), "utf8")) as Expected;

  test("speaks alone, once, and points at what is wrong", () => {
    const report = lint(metadata);
    expect(report.findings).toMatchObject([{ rule: id, ...expected }]);
    const [{ place, message }] = report.findings as [(typeof report.findings)[0]];
    expect(message).toMatch(/\.$/);
    const shown = JSON.parse(metadata.source.text.slice(place?.offset, place?.end)) as object;
    expect(["field", "name", "Name"].some((key) => key in shown)).toBe(true);
  });

  test("gives a report that follows the published schema", () => {
    expect(validate(lint(metadata)), JSON.stringify(validate.errors)).toBe(true);
  });
});

describe("real builds", () => {
  test.each(readdirSync(DUMPS))("%s has neither errors nor warnings", (name) => {
    const report = lint(load(join(DUMPS, name)));
    expect(report.counts).toMatchObject({ error: 0, warning: 0 });
    expect(validate(report)).toBe(true);
    expect(report.coverage.fields).toBeGreaterThan(3_000);
  });

  test("a description that many sections share gives one finding", () => {
    const { findings } = lint(load(join(DUMPS, "qemu-10.0-pc-i440fx-2.12.json.gz")));
    const shared = findings.filter(({ path }) => path === "PCIDevice/irq_state");
    expect(shared).toHaveLength(1);
    expect(shared[0]?.sections.length).toBeGreaterThan(70);
  });

  test("every finding of a rule has a fingerprint of its own", () => {
    const { findings } = lint(load(join(DUMPS, "qemu-7.2-pc-i440fx-2.12.json.gz")));
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
  });
});

test("a stream's description, which knows no guards and repeats names, is not blamed for that", () => {
  const field = (name: string) => ({ name, type: "uint8", size: 1 });
  const device = { name: "a", instance_id: 0, vmsd_name: "pckbd", version: 3, fields: [field("x"), field("y"), field("x")] };
  const other = { name: "b", instance_id: 0, vmsd_name: "pckbd", version: 3, fields: [field("z")] };
  expect(lint(fromText(JSON.stringify({ page_size: 4096, devices: [device, other] }))).findings).toEqual([]);
});

test("a device that says it cannot migrate may be empty", () => {
  const section = { Name: "nvme", version_id: 0, minimum_version_id: 0, unmigratable: true };
  const Description = { name: "nvme", version_id: 0, minimum_version_id: 0 };
  const speaks = (value: object) => lint(fromText(JSON.stringify({ nvme: { ...value, Description } }))).findings.length;
  expect(speaks(section)).toBe(0);
  expect(speaks({ ...section, unmigratable: false })).toBe(1);
});

test("the order of sections and the layout of the text change nothing but places", () => {
  const value = JSON.parse(load(join(DUMPS, "qemu-5.2-pc-i440fx-2.2.json.gz")).source.text) as Record<string, unknown>;
  const bare = (text: string) => lint(fromText(text)).findings.map(({ place: _, ...finding }) => finding);
  const usual = bare(JSON.stringify(value));
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.keys(value), { minLength: Object.keys(value).length }), fc.nat(4), (keys, indent) => {
      expect(bare(JSON.stringify(Object.fromEntries(keys.map((key) => [key, value[key]])), undefined, indent))).toEqual(usual);
    }),
    { numRuns: 5 },
  );
});

test("the text names each place, gives a rule's reason once, ends with the counts and keeps to the columns", () => {
  const report = lint(load(join(DUMPS, "qemu-10.0-pc-i440fx-2.12.json.gz")));
  const text = renderLint(report, { colour: false, columns: 100 });
  expect(text.match(/why: /g)?.length).toBe(new Set(report.findings.map(({ rule }) => rule)).size);
  expect(text).toMatch(/\n {2}PCIDevice\/irq_state {2}\(80 sections\) {2}fixtures\/dumps\/\S+:\d+:\d+\n/);
  expect(text).toMatch(/\n0 errors, 0 warnings, 50 notes in 225 sections with 4067 fields\.\n$/);
  const prose = text.split("\n").filter((line) => !line.includes("fixtures/"));
  expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(text).not.toContain("\u001b");
  expect(renderLint(report, { colour: true, columns: 100 })).toContain("\u001b[36minfo\u001b[0m");
});

test("names from the file cannot steer the terminal", () => {
  const Description = { name: "x\u001b[2J\n", version_id: 1, minimum_version_id: 2 };
  const text = renderLint(lint(fromText(JSON.stringify({ a: { version_id: 1, minimum_version_id: 2, Description } }))), {
    colour: false,
    columns: 80,
  });
  expect(text).toContain("x\\x1b[2J\\x0a");
  expect(text).not.toContain("\u001b");
});

test("a subsection needs more than its parent's name, and one byte holds 255 but not 256", () => {
  const sub = (name: string, version_id: number) => ({
    name,
    version_id,
    minimum_version_id: 0,
    Fields: [{ field: "a", version_id: 0, field_exists: false, size: 1 }],
  });
  const found = (...Subsections: object[]) => {
    const Description = { name: "pckbd", version_id: 3, minimum_version_id: 3, Subsections };
    return lint(fromText(JSON.stringify({ i8042: { version_id: 3, minimum_version_id: 3, Description } }))).findings.map(
      ({ rule }) => rule,
    );
  };
  expect(found(sub("pckbd", 1))).toEqual(["subsection-name-prefix"]);
  expect(found(sub("pckbd_x", 255))).toEqual([]);
  expect(found(sub("pckbd_x", 256))).toEqual(["subsection-version-above-255"]);
});
