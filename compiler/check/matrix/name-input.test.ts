import { expect, test } from "vitest";
import { nameInput } from "./name-input.ts";

test.each([
  ["dumps/qemu-7.2-pc-i440fx-2.2.json.gz", "pc-i440fx-2.2", "7.2", "pc-i440fx-2.2"],
  ["qemu-7.2-pc-i440fx-2.2.json", undefined, "7.2", "pc-i440fx-2.2"],
  ["qemu-8.0.0-rc1-pc-q35-8.0.json", "pc-q35-8.0", "8.0.0-rc1", "pc-q35-8.0"],
  ["qemu-8.0.0-rc1-pc-q35-8.0.json", undefined, "8.0.0-rc1", "pc-q35-8.0"],
  ["qemu-2.7.0-fc25-pc-q35-2.6.json", "pc-q35-2.6", "2.7.0-fc25", "pc-q35-2.6"],
  ["qemu-7.2-pc.json", "pc-i440fx-7.2", "7.2", "pc"],
  ["f25-pc-q35-2.6.json", "pc-q35-2.6", "f25", "pc-q35-2.6"],
  ["dumps/f25/pc-q35-2.6.json", "pc-q35-2.6", "f25", "pc-q35-2.6"],
  ["old.json", "pc", "old", "pc"],
  ["old.json", undefined, "old", undefined],
])("%s with label %s is build %s, machine type %s", (path, label, build, machine) => {
  expect(nameInput(path, label)).toEqual({ build, machine });
});

test("a name that is given goes before the file's, the machine type stays", () => {
  expect(nameInput("qemu-7.2-pc-i440fx-2.2.json", "pc-i440fx-2.2", "mine")).toEqual({ build: "mine", machine: "pc-i440fx-2.2" });
});
