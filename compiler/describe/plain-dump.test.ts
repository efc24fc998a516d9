import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { validateMetadata } from "./gen/validators.js";
import { parseJson } from "./json-parse.ts";
import { isPlainDump } from "./plain-dump.ts";
import { occurrences } from "./scan-text.ts";
import { Source } from "./source.ts";

function atAGlance(text: string): boolean {
  return parseJson(new Source("x", text, text.length, () => ""), isPlainDump).asExpected;
}

test.each(readdirSync("fixtures/dumps"))("%s is recognised at a glance, and the schema agrees", (name) => {
  const text = gunzipSync(readFileSync(`fixtures/dumps/${name}`)).toString("utf8");
  expect(atAGlance(text)).toBe(true);
  expect(validateMetadata(JSON.parse(text))).toBe(true);
});

const odd = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.constant([]), fc.constant({}));
const version = fc.integer({ min: 0, max: 9 });
const field = fc.record(
  { field: fc.string(), version_id: version, field_exists: fc.boolean(), size: fc.nat(), num: fc.nat() },
  { requiredKeys: ["field", "version_id", "field_exists", "size"] },
);
const vmsd = fc.record(
  { name: fc.string(), version_id: version, minimum_version_id: version, Fields: fc.array(field), Subsections: fc.constant([]) },
  { requiredKeys: ["name", "version_id", "minimum_version_id"] },
);
const dump = fc.dictionary(
  fc.string(),
  fc.record({ Name: fc.string(), version_id: version, minimum_version_id: version, Description: vmsd }),
  { minKeys: 1 },
);

test("what is recognised at a glance the schema accepts, whatever was changed", () => {
  const choice = fc.record({ path: fc.array(fc.nat(), { maxLength: 8 }), value: odd, remove: fc.boolean(), key: fc.string() });
  fc.assert(
    fc.property(dump, fc.option(choice), (value, change) => {
      const changed = structuredClone(value) as Record<string, unknown>;
      if (change !== null) mutate(changed, change.path, change.value, change.remove, change.key);
      const text = JSON.stringify(changed);
      if (atAGlance(text)) expect(validateMetadata(JSON.parse(text)), text).toBe(true);
      else if (change === null)
        expect(occurrences(text, ":"), "only a colon inside a string spoils the glance").toBeGreaterThan(countKeys(value));
    }),
    { numRuns: 2000 },
  );
});

function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, each) => sum + countKeys(each), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

/** Changes, removes or adds one member somewhere below. */
function mutate(target: Record<string, unknown>, path: readonly number[], value: unknown, remove: boolean, key: string): void {
  const keys = Object.keys(target);
  const name = keys[(path[0] ?? 0) % Math.max(1, keys.length)];
  const inner = name === undefined ? undefined : target[name];
  if (path.length > 1 && typeof inner === "object" && inner !== null)
    mutate(inner as Record<string, unknown>, path.slice(1), value, remove, key);
  else if (name !== undefined && remove) delete target[name];
  else if (!Array.isArray(target) || key !== "length") target[path.length % 2 === 0 || name === undefined ? key : name] = value;
}
