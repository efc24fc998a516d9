import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RULES } from "../rules/index.ts";
import { readConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { PROFILES } from "./profiles.ts";

const JSON_PATH = "ci/vmstate-check.config.json";
const YAML_PATH = "ci/vmstate-check.config.yaml";

async function refusal(text: string, path = JSON_PATH): Promise<string> {
  const error = await readConfig(text, path).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).code).toBe("CONFIG");
  return (error as ConfigError).message;
}

const FULL = {
  profile: "vendor-strict",
  rules: { "field-removed": "warning", "opaque-field": { level: "none", reason: "Known.", expires: "2026-02-28" } },
  direction: "both",
  failOn: "undecided",
  suppress: [{ rule: "field-renamed", device: "e1000*", path: "e1000/*", reason: "Reviewed.", expires: "2026-12-31", by: "Ada" }],
  strictSuppressions: true,
  baseline: "../base.json",
  vm: "vm.xml",
  renames: ["renames.json", "/etc/renames.json"],
  maxInput: 1024,
};

test("every key is read and files are relative to the configuration", async () => {
  const config = await readConfig(JSON.stringify(FULL), JSON_PATH);
  expect(config).toEqual({
    ...FULL,
    failOn: ["undecided"],
    rules: [
      { rule: "field-removed", level: "warning" },
      { rule: "opaque-field", level: "none", reason: "Known.", expires: "2026-02-28" },
    ],
    baseline: "base.json",
    vm: "ci/vm.xml",
    renames: ["ci/renames.json", "/etc/renames.json"],
  });
});

test("YAML says the same as JSON", async () => {
  const yaml = `
# reviewed every release
profile: vendor-strict
rules:
  field-removed: warning
  opaque-field: { level: none, reason: Known., expires: 2026-02-28 }
direction: both
failOn: undecided
suppress:
  - { rule: field-renamed, device: "e1000*", path: e1000/*, reason: Reviewed., expires: 2026-12-31, by: Ada }
strictSuppressions: true
baseline: ../base.json
vm: vm.xml
renames: [renames.json, /etc/renames.json]
maxInput: 1024
`;
  expect(await readConfig(yaml, YAML_PATH)).toEqual(await readConfig(JSON.stringify(FULL), JSON_PATH));
});

test("an empty file sets nothing", async () => {
  expect(await readConfig("{}", JSON_PATH)).toEqual({ rules: [], suppress: [], renames: [] });
  expect(await readConfig("# nothing yet\n", YAML_PATH)).toEqual({ rules: [], suppress: [], renames: [] });
});

test.each([
  ['{\n  "supress": []\n}', "2:3: Unknown key 'supress'; did you mean 'suppress'?"],
  ['{"zzz": 1}', /1:2: Unknown key 'zzz'; known are '\$schema', 'profile', .*'maxInput'\.|1:2: Unknown key 'zzz'\.$/],
  ['{"rules": {"field-remvoed": "error"}}', "1:12: Unknown key 'field-remvoed' in 'rules'; did you mean 'field-removed'?"],
  ['{"rules": {"field-removed": "eror"}}', "1:29: 'rules/field-removed' is \"eror\"; did you mean 'error'?"],
  ['{"rules": {"field-removed": 3}}', "1:29: 'rules/field-removed' is 3; known are 'error', 'warning', 'info', 'none'."],
  ['{"rules": {"field-removed": {"lvl": "info"}}}', "1:29: 'rules/field-removed' lacks 'level'."],
  [
    '{"rules": {"field-removed": {"level": "info", "expire": "x"}}}',
    "1:47: Unknown key 'expire' in 'rules/field-removed'; did you mean 'expires'?",
  ],
  ['{"profile": "vendor-stict"}', "1:13: 'profile' is \"vendor-stict\"; did you mean 'vendor-strict'?"],
  ['{"failOn": "undecide"}', "1:12: 'failOn' is \"undecide\"; did you mean 'undecided'?"],
  ['{"suppress": [{"rule": "field-removed"}]}', "1:15: 'suppress/0' lacks 'reason'."],
  ['{"suppress": [{"reason": "all"}]}', "1:15: 'suppress/0' must have at least one of 'fingerprint', 'rule', 'device', 'path'."],
  ['{"suppress": [{"rule": "field-remved", "reason": "x"}]}', "1:24: 'suppress/0/rule' is \"field-remved\"; did you mean 'field-removed'?"],
  [
    '{"suppress": [{"path": "a", "reason": "x", "expires": "2026-1-1"}]}',
    '1:55: \'suppress/0/expires\' is "2026-1-1"; it is written like "2026-12-31".',
  ],
  ['{"suppress": [{"path": "a", "reason": "x", "expires": "2026-02-30"}]}', "1:55: '2026-02-30' is no date of the calendar."],
  ['{"rules": {"field-removed": {"level": "info", "expires": "2026-13-01"}}}', "1:58: '2026-13-01' is no date of the calendar."],
  ['{"baseline": 5}', "1:14: 'baseline' must be string."],
  ["[]", "1:1: The file must be object."],
  ['{"profile": "vendor-strict", "profile": "x"}', /1:30: Key "profile" appears twice/],
  ['{"profile": }', /1:13: Expected a value/],
])("%s is refused where it is wrong", async (text, message) => {
  if (typeof message === "string") expect(await refusal(text)).toBe(`${JSON_PATH}:${message}`);
  else expect(await refusal(text)).toMatch(message);
});

test.each([
  ["rules:\n  field-remvoed: error\n", "2:3: Unknown key 'field-remvoed' in 'rules'; did you mean 'field-removed'?"],
  ["suppress:\n  - rule: field-removed\n", "2:5: 'suppress/0' lacks 'reason'."],
  ["suppress:\n  - path: a\n    reason: x\n    expires: 2026-02-30\n", "4:14: '2026-02-30' is no date of the calendar."],
  ["profile: &p vendor-strict\nbaseline: *p\n", "2:11: Aliases are not allowed here."],
  ["profile: [\n", /^2:1: The YAML cannot be read: .*\.$/],
  ["profile: !custom x\n", /^1:10: The YAML cannot be read: .*\.$/],
  ["profile: vendor-strict\nprofile: vendor-strict\n", /^2:1: The YAML cannot be read: .*\.$/],
  ["a: 1\n---\nb: 2\n", /^2:1: The YAML cannot be read: .*\.$/],
])("YAML %j is refused where it is wrong", async (text, message) => {
  const said = (await refusal(text, YAML_PATH)).slice(YAML_PATH.length + 1);
  if (typeof message === "string") expect(said).toBe(message);
  else expect(said).toMatch(message);
});

test("hostile nesting is refused in one line", async () => {
  for (const text of ["[".repeat(20_000), "{a: ".repeat(20_000)]) expect(await refusal(text, YAML_PATH)).not.toContain("\n");
  expect(await refusal("[".repeat(100_000))).toMatch(/Nesting is deeper/);
});

test("the published schema names the rules and profiles that exist", () => {
  const schema = JSON.parse(readFileSync(new URL("../schemas/config.schema.json", import.meta.url), "utf8")) as {
    definitions: { ruleId: { enum: string[] } };
    properties: { profile: { enum: string[] } };
  };
  expect(schema.definitions.ruleId.enum).toEqual(RULES.map(({ id }) => id).sort());
  expect(schema.properties.profile.enum).toEqual(PROFILES.map(({ name }) => name));
});
