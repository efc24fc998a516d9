import { join } from "node:path";
import { expect, test } from "vitest";
import { readDescriptors } from "./index.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/descriptors");

test.each(["serial", "every-kind", "pc-2.0"])("%s.ts becomes the intermediate form that is committed beside it", async (name) => {
  const { ir, warnings } = readDescriptors(FIXTURES, [`${name}.ts`]);
  expect(warnings).toEqual([]);
  await expect(`${JSON.stringify(ir, undefined, 1)}\n`).toMatchFileSnapshot(join(FIXTURES, `${name}.ir.json`));
});
