import { expect, test } from "vitest";
import { ConfigError } from "../policy/config-error.ts";
import { isDay, readSupportPolicy } from "./support-policy.ts";

const WINDOW = { from: ["5.2", "7.*"], to: ["10.0"], machines: ["pc-i440fx-2.*"], until: "2027-06-30", direction: "both", reason: "fleet" };

const asJson = (window: object, more: object = {}): string => JSON.stringify({ schema: "vmstate-support/1", windows: [window], ...more });

test("JSON and YAML say the same, and YAML builds are what is written, not numbers", async () => {
  const yaml = `schema: vmstate-support/1
windows:
  - from: [5.2, 7.*]   # a list in brackets
    to:
      - 10.0
    machines: ["pc-i440fx-2.*"]
    until: 2027-06-30
    direction: both
    reason: fleet
`;
  const expected = { path: "p.json", windows: [WINDOW] };
  expect(await readSupportPolicy(asJson(WINDOW), "p.json")).toEqual(expected);
  expect(await readSupportPolicy(yaml, "p.yaml")).toEqual({ ...expected, path: "p.yaml" });
  expect((await readSupportPolicy("{schema: vmstate-support/1, windows: [{from: [5.10,7.0], to: [8.20]}]}", "p.yml")).windows[0]).toEqual({
    from: ["5.10", "7.0"],
    to: ["8.20"],
    machines: ["*"],
    direction: "forward",
  });
});

test.each([
  ["an unknown key", asJson({ ...WINDOW, machine: ["pc"] }), /machine'.*did you mean 'machines'/],
  ["an unknown key at the top", asJson(WINDOW, { window: [] }), /window'.*did you mean 'windows'/],
  ["no list of builds", asJson({ ...WINDOW, from: "5.2" }), /from.*array/],
  ["an empty list", asJson({ ...WINDOW, to: [] }), /to.*fewer/],
  ["a number for a build", asJson({ ...WINDOW, to: [10] }), /to\/0.*string/],
  ["an unknown direction", asJson({ ...WINDOW, direction: "backward" }), /direction/],
  ["no destination", asJson({ from: ["1"] }), /'to'/],
  ["a day that is none", asJson({ ...WINDOW, until: "2027-02-30" }), /no day '2027-02-30'/],
  ["a date in words", asJson({ ...WINDOW, until: "June" }), /2027-06-30/],
  ["another schema", JSON.stringify({ schema: "vmstate-support/2", windows: [] }), /vmstate-support\/1/],
  ["broken JSON", '{"schema": ', /./],
  ["a key twice", '{"schema": "vmstate-support/1", "windows": [], "windows": []}', /twice/],
  ["a list", "[]", /./],
])("%s is refused in one sentence with the file's name", async (_, text, message) => {
  const error: unknown = await readSupportPolicy(text, "p.json").catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw new Error(`not refused as configuration: ${String(error)}`);
  expect(error.code).toBe("CONFIG");
  expect(error.message).toMatch(message);
  expect(error.message).toMatch(/^p\.json(?::\d+:\d+)?: [^\n]+[.?]$/);
});

test("broken YAML is refused as configuration too", async () => {
  await expect(readSupportPolicy("windows: [", "p.yaml")).rejects.toThrow(ConfigError);
  await expect(readSupportPolicy("", "p.yaml")).rejects.toThrow(ConfigError);
});

test("only days of the calendar are days", () => {
  expect(["2024-02-29", "2026-12-31"].map(isDay)).toEqual([true, true]);
  expect(["2026-02-29", "2026-13-01", "26-01-01", "2026-1-1", "today", ""].some(isDay)).toBe(false);
});
