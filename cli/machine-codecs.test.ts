import { expect, test } from "vitest";
import { UsageError } from "./command.ts";
import { machineCodecs, profilesOf } from "./machine-codecs.ts";

test("a machine type's codecs are found by its name, its alias, and as a build has it", async () => {
  expect((await machineCodecs("pc-i440fx-2.2")).name).toBe("pc-i440fx-2.2");
  expect(await machineCodecs("pc-2.2")).toBe(await machineCodecs("pc-i440fx-2.2"));
  expect(await machineCodecs("pc-2.12", "10.0")).toMatchObject({ name: "pc-i440fx-2.12", profile: "10.0" });
  expect(profilesOf("pc-2.12")).toEqual(["5.2", "7.2", "10.0"]);
});

test.each([
  ["pc-2.3", undefined, "There is no machine type 'pc-2.3'; did you mean 'pc-2.2'?"],
  ["q35", "7.2", /^There is no machine type 'q35'; there are pc-i440fx-2\.12, /],
  ["pc-2.2", "10.0", "pc-2.2 has no profile '10.0'; there are 5.2, 7.2."],
  ["toString", undefined, /^There is no machine type 'toString'/],
])("of %s with %s there are no codecs, and what there is instead is said", async (name, profile, message) => {
  const call = machineCodecs(name, profile);
  await expect(call).rejects.toBeInstanceOf(UsageError);
  await expect(call).rejects.toThrow(message);
});
