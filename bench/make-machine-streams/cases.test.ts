import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { casesOf } from "./cases.ts";
import { FAMILIES } from "./machine-case.ts";
import { pokingRom } from "./poking-rom.ts";

const FOLDER = "fixtures/machines";

test("no two cases have one name, and every family has a case", () => {
  const cases = casesOf(1);
  const names = cases.map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(names.filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  expect(FAMILIES.filter((family) => !cases.some((each) => each.family === family))).toEqual([]);
});

test("the cases by chance are those of their seed, and have up to ten devices", () => {
  const random = (seed: number) => casesOf(seed).filter(({ family }) => family === "random");
  expect(random(7)).toEqual(random(7));
  expect(random(7).map(({ args }) => args)).not.toEqual(random(8).map(({ args }) => args));
  expect(random(7).length).toBe(24);
  expect(random(7).filter(({ what }) => !/^([2-9]|10) devices/.test(what))).toEqual([]);
});

test("every family has a stream that is kept, and each that is kept has a line", () => {
  const lines = readFileSync(`${FOLDER}/index.jsonl`, "utf8").trimEnd().split("\n");
  const files = lines.map((line) => (JSON.parse(line) as { readonly file: string }).file);
  expect(files.filter((file) => !existsSync(`${FOLDER}/${file}`))).toEqual([]);
  const kept = files.map((file) => /^[\d.]+-pc-i440fx-2\.[012]-(.+)\.mig\.gz$/.exec(file)?.[1]);
  const lacking = FAMILIES.filter((family) => !casesOf(1).some((each) => each.family === family && kept.includes(each.name)));
  expect(lacking).toEqual([]);
});

test("the ROM that programs devices begins there, and ends in the ticking guest", () => {
  const rom = pokingRom({ pages: 4 });
  expect([...rom.subarray(0xfff0, 0xfff5)]).toEqual([0xea, 0, 0x80, 0, 0xf0]);
  expect(rom.indexOf(0xfa, 0x8000)).toBe(0x8000);
});
