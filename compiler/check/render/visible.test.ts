import fc from "fast-check";
import { expect, test } from "vitest";
import { visible } from "./visible.ts";

test("plain text stays as it is", () => {
  for (const text of ["esp/drq_state", "…/pciespscsi", "C:\\dumps\\old.json", "größe 'ICH9 SMB'"]) expect(visible(text)).toBe(text);
});

test("what a terminal or a parser acts on is shown as an escape", () => {
  expect(visible("a\u001b[31mb\r\n\tc\u009b")).toBe("a\\x1b[31mb\\x0d\\x0a\\x09c\\x9b");
  expect(visible("a\u2028b\u202ec\ud800\ufeff\u00a0")).toBe("a\\u2028b\\u202ec\\ud800\\ufeff\\xa0");
  expect(visible("\u{e0001}")).toBe("\\u{e0001}");
});

test("two texts never become one, and no text keeps a control character", () => {
  const nasty = fc.string({ unit: fc.constantFrom("\\", "x", "1", "b", "\u001b", "u", "{", "\n", "5c", "\u202e", "202e") });
  fc.assert(
    fc.property(nasty, nasty, (a, b) => {
      expect(visible(a) === visible(b)).toBe(a === b);
      expect(visible(a)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
    { numRuns: 2000 },
  );
});
