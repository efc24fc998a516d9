import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { RULES } from "../rules/index.ts";
import { sampleFinding, sampleReport } from "./sample-report.ts";
import { renderSarif } from "./sarif.ts";

const text = { type: "object", required: ["text"], properties: { text: { type: "string", minLength: 1 } } };
const location = {
  type: "object",
  properties: {
    id: { type: "integer", minimum: -1 },
    physicalLocation: {
      type: "object",
      required: ["artifactLocation"],
      properties: {
        artifactLocation: { type: "object", properties: { uri: { type: "string", pattern: "^[A-Za-z0-9\\-._~!$&'()*+,;=:@/%]*$" } } },
        region: {
          type: "object",
          properties: { startLine: { type: "integer", minimum: 1 }, startColumn: { type: "integer", minimum: 1 } },
        },
      },
    },
  },
};
/** What the SARIF 2.1.0 schema asks of the keys that are used. */
const isSarif = new Ajv({ strictTypes: false }).compile({
  type: "object",
  required: ["version", "runs"],
  additionalProperties: false,
  properties: {
    $schema: { type: "string", pattern: "^https://.*/sarif-schema-2\\.1\\.0\\.json$" },
    version: { const: "2.1.0" },
    runs: {
      type: "array",
      items: {
        type: "object",
        required: ["tool", "results"],
        additionalProperties: false,
        properties: {
          tool: {
            type: "object",
            required: ["driver"],
            properties: {
              driver: {
                type: "object",
                required: ["name", "version", "rules"],
                properties: {
                  rules: {
                    type: "array",
                    uniqueItems: true,
                    items: { type: "object", required: ["id"], properties: { shortDescription: text, fullDescription: text, help: text } },
                  },
                },
              },
            },
          },
          invocations: { type: "array", items: { type: "object", required: ["executionSuccessful"] } },
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          properties: { type: "object" },
          results: {
            type: "array",
            items: {
              type: "object",
              required: ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
              additionalProperties: false,
              properties: {
                ruleId: { type: "string" },
                ruleIndex: { type: "integer", minimum: 0 },
                level: { enum: ["error", "warning", "note"] },
                message: text,
                locations: { type: "array", items: location, minItems: 1 },
                relatedLocations: { type: "array", uniqueItems: true, items: location },
                partialFingerprints: { type: "object", additionalProperties: { type: "string" } },
                baselineState: { enum: ["new", "unchanged", "updated", "absent"] },
                suppressions: {
                  type: "array",
                  items: {
                    type: "object",
                    required: ["kind"],
                    properties: { kind: { enum: ["inSource", "external"] }, status: { enum: ["accepted", "underReview", "rejected"] } },
                  },
                },
                properties: { type: "object" },
              },
            },
          },
        },
      },
    },
  },
});

test("a log with every kind of result is SARIF, and rule indices lead to the rules", () => {
  const { old: _old, new: _new, ...nowhere } = sampleFinding({ fingerprint: "000000000000000b", suppressed: true, rule: "from-elsewhere" });
  const report = sampleReport([sampleFinding({ baseline: "known" }), nowhere], {
    suppressed: [{ fingerprint: "000000000000000b", reason: "accepted", expires: null, by: "cli" }],
  });
  const log = JSON.parse(renderSarif(report));
  isSarif(log);
  expect(isSarif.errors).toBe(null);
  const [run] = log.runs;
  for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([...RULES.map(({ id }) => id), "from-elsewhere"]);
  expect(run.results[0].baselineState).toBe("unchanged");
  expect(run.results[1].suppressions).toEqual([{ kind: "external", status: "accepted", justification: "accepted (by cli)" }]);
});

test.each([
  ["dumps/a b%.json", "dumps/a%20b%25.json"],
  ["/abs/x.json", "/abs/x.json"],
  ["c:odd#?.json", "c%3Aodd%23%3F.json"],
  ["<stdin>", "%3Cstdin%3E"],
  ["half\ud800", "half%EF%BF%BD"],
])("the path %s is the URI %s", (path, uri) => {
  const log = JSON.parse(renderSarif(sampleReport([sampleFinding()], { new: { path, machine: null, sha256: "" } })));
  expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
});

test("a name makes no link and no placeholder", () => {
  const log = JSON.parse(renderSarif(sampleReport([sampleFinding({ message: "[x](http://e) {0}" })])));
  expect(log.runs[0].results[0].message.text).toContain("\\[x\\](http://e) {{0}}");
});
