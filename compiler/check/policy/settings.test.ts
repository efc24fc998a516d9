import { expect, test } from "vitest";
import { RULES } from "../rules/index.ts";
import { readConfig } from "./config.ts";
import { findProfile, PROFILES } from "./profiles.ts";
import { resolveSettings } from "./settings.ts";

test("defaults fail on errors of the forward direction", () => {
  expect(resolveSettings({}, undefined, undefined)).toEqual({
    direction: "forward",
    failOn: ["error"],
    strictSuppressions: false,
    policy: { overrides: [], suppress: [] },
    baseline: undefined,
    vm: undefined,
    renames: [],
    maxInput: 64 * 1024 * 1024,
  });
});

test("the command line comes before the configuration, that before the profile", async () => {
  const profile = findProfile("vendor-strict");
  const config = await readConfig(
    '{"direction": "backward", "failOn": ["info"], "baseline": "a", "renames": ["b"], "maxInput": 5, "strictSuppressions": true}',
    "x.json",
  );
  expect(resolveSettings({}, undefined, profile)).toMatchObject({ direction: "both", failOn: ["undecided", "warning"] });
  expect(resolveSettings({}, config, profile)).toMatchObject({
    direction: "backward",
    failOn: ["info"],
    baseline: "a",
    maxInput: 5,
    strictSuppressions: true,
  });
  const cli = { direction: "forward", failOn: "never", baseline: "c", renames: ["d"], maxInput: 6, strictSuppressions: false } as const;
  expect(resolveSettings(cli, config, profile)).toMatchObject({
    direction: "forward",
    failOn: ["never"],
    baseline: "c",
    renames: ["b", "d"],
    maxInput: 6,
    strictSuppressions: false,
  });
});

test("levels are listed from the weakest source to the strongest", async () => {
  const config = await readConfig('{"rules": {"minimum-version-raised": "info"}}', "x.json");
  const { policy } = resolveSettings({ rules: { "minimum-version-raised": "error" } }, config, findProfile("snapshot-restore"));
  expect(policy.overrides.filter(({ rule }) => rule === "minimum-version-raised").map(({ level }) => level)).toEqual([
    "warning",
    "info",
    "error",
  ]);
});

test("profiles name rules that exist and say whom they are for", () => {
  const ids = RULES.map(({ id }): string => id);
  for (const { name, summary, rules } of PROFILES) {
    expect(summary, name).toMatch(/^For .*\.$/);
    for (const id of Object.keys(rules)) expect(ids, name).toContain(id);
  }
  expect(PROFILES.map(({ name }) => findProfile(name))).toEqual(PROFILES);
  expect(findProfile("none")).toBeUndefined();
});
