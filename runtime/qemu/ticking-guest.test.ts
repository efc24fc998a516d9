import { describe, expect, test } from "vitest";
import { assemble } from "./machine-code.ts";
import { bootSector, tickingRom } from "./ticking-guest.ts";
import { readTicks } from "./ticks.ts";

describe("the ticking guest", () => {
  test("is a boot sector", () => {
    const sector = bootSector({ pages: 142 });
    expect(sector.length).toBe(512);
    expect([...sector.subarray(510)]).toEqual([0x55, 0xaa]);
    expect([...sector.subarray(0, 12)]).toEqual([0xea, 5, 0x7c, 0, 0, 0xfa, 0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xd0]);
    expect(() => bootSector({ pages: 143 })).toThrow(RangeError);
  });

  test("is a ROM that a processor begins in", () => {
    const rom = tickingRom({ pages: 3 });
    expect(rom.length).toBe(65_536);
    expect([...rom.subarray(0xfff0, 0xfff5)]).toEqual([0xea, 0, 0, 0, 0xf0]);
    expect(rom.subarray(0x200, 0x400)).toEqual(bootSector({ pages: 3 }));
  });

  test("is put together with the right distances", () => {
    const code = assemble(0x100, [{ at: "a" }, 0xeb, { rel8: "b" }, 0xe8, { rel16: "a" }, { at: "b" }, 0xb8, { abs16: "b" }]);
    expect([...code]).toEqual([0xeb, 3, 0xe8, 0xfb, 0xff, 0xb8, 5, 1]);
    expect(() => assemble(0, [{ rel8: "nowhere" }])).toThrow(ReferenceError);
    expect(() => assemble(0, [{ rel8: "far" }, ...new Array<number>(128).fill(0x90), { at: "far" }])).toThrow(RangeError);
  });
});

describe("ticks", () => {
  test("follow each other, behind what a BIOS says and before a line that is not whole", () => {
    expect(readTicks("SeaBIOS\n0001\n0002\n0003\n00")).toEqual({ counters: [1, 2, 3], fault: undefined });
    expect(readTicks("")).toEqual({ counters: [], fault: undefined });
  });

  test("go on behind the largest counter", () => {
    const lines = Array.from({ length: 0x1_0002 }, (_, at) => ((at + 1) & 0xffff).toString(16).toUpperCase().padStart(4, "0"));
    const { counters, fault } = readTicks(`${lines.join("\n")}\n`);
    expect([counters.length, counters.at(-1), fault]).toEqual([0x1_0002, 0x1_0002, undefined]);
  });

  test.each([
    ["a tick is missing", "0001\n0003\n", "After tick 1 (0001) comes '0003'."],
    ["a character is missing", "0001\n002\n", "After tick 1 (0001) comes '002'."],
    ["it begins again", "0001\n0002\n0001\n", "After tick 2 (0002) comes '0001'."],
    ["memory is lost", "0001\n0002!\n", "After tick 1 a page of the guest holds something else than it wrote."],
  ])("tell that %s", (_, text, fault) => {
    expect(readTicks(text).fault).toBe(fault);
  });
});
