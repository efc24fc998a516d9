import { expect, test } from "vitest";
import { fingerprintOf } from "./fingerprint.ts";

test("fingerprints that baselines hold never change", () => {
  expect([
    fingerprintOf(""),
    fingerprintOf("esp"),
    fingerprintOf("field-removed\nesp\ndrq_state\n | drq_state:1x?v0"),
  ]).toMatchInlineSnapshot(`
    [
      "ab3e7c0b7995c304",
      "24ddc81d46287581",
      "a67055a38433f1a7",
    ]
  `);
});

test("near texts have fingerprints far apart, and none of many is shared", () => {
  const texts = Array.from({ length: 200_000 }, (_, n) => `rule\nvmsd${n % 100}\nfield_${n}\n${n % 8}x4`);
  expect(new Set(texts.map(fingerprintOf)).size).toBe(texts.length);
});
