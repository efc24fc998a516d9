import { basename } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fileOfBlock } from "./file-name.ts";

test.each([
  ["pc.ram", "pc.ram.raw"],
  ["/rom@etc/acpi/tables", "%2from%40etc%2facpi%2ftables.raw"],
  ["0000:00:03.0/e1000.rom", "0000%3a00%3a03.0%2fe1000.rom.raw"],
  ["../../etc/passwd", "%2e.%2f..%2fetc%2fpasswd.raw"],
  ["..", "%2e..raw"],
  ["", "%.raw"],
  ["Ram\0%", "%52am%00%25.raw"],
])("the block %j is in the file %s", (name, file) => {
  expect(fileOfBlock(name)).toBe(file);
});

const NAMES = fc.array(fc.constantFrom("a", "A", ".", "/", "%", "2", "e", "~", "\0", "\xff", "\\", ":"), { maxLength: 255 });

test("no name leaves the folder, none is too long, and no two are one", () => {
  fc.assert(
    fc.property(NAMES, NAMES, (one, other) => {
      const [a, b] = [fileOfBlock(one.join("")), fileOfBlock(other.join(""))];
      expect(basename(a)).toBe(a);
      expect(a).toMatch(/^[a-z0-9_%~-][a-z0-9._%~-]*$/);
      expect(a.length).toBeLessThan(255);
      if (one.join("") !== other.join("")) expect(a.toLowerCase()).not.toBe(b.toLowerCase());
    }),
  );
});
