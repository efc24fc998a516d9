import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readDescriptors, SchemaErrors } from "./index.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/descriptors");
const SEED = Number(process.env.VMSTATE_SEED ?? 1);

/** Words, numbers and strings of a descriptor: in exchanging one for another the text stays TypeScript, and says something else. */
const tokensOf = (text: string): string[] => text.match(/[A-Za-z_$][\w$]*|\d[\w.]*|"[^"\n]*"|\s+|=>|[=!]==|&&|\|\||[^\s\w]/g) ?? [];
const isWord = (token: string): boolean => /^[\w$"]/.test(token);

test.each(["serial", "every-kind"])("whatever stands in %s.ts, it is read or refused, and never an error of our own", (name) => {
  const text = readFileSync(join(FIXTURES, `${name}.ts`), "utf8").replace(/"[^"]*compiler\/schema\/index.ts"/g, '"vmstate/schema"');
  const tokens = tokensOf(text);
  const places = tokens.flatMap((token, index) => (isWord(token) ? [index] : []));
  const folder = mkdtempSync(join(tmpdir(), "vmstate-broken-"));
  for (const other of ["limits.ts", "modes.ts"]) copyFileSync(join(FIXTURES, other), join(folder, other));
  const place = fc.constantFrom(...places);
  try {
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 3 }), (exchanges) => {
        const changed = [...tokens];
        for (const [to, from] of exchanges) changed[to] = tokens[from] ?? "";
        writeFileSync(join(folder, "a.ts"), changed.join(""));
        try {
          expect(readDescriptors(folder, ["a.ts"]).ir).toBeDefined();
        } catch (error) {
          if (!(error instanceof SchemaErrors)) throw error;
          expect(error.errors.length).toBeGreaterThan(0);
        }
      }),
      { seed: SEED, numRuns: 30 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
