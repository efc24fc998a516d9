import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DIRTY_LOGS, makeDirtyLog } from "./make-dirty-logs/cases.ts";

const FOLDER = join(import.meta.dirname, "../fixtures/dirty-log");

test("the logs of fixtures/dirty-log are those that npm run make-dirty-logs makes", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(DIRTY_LOGS.map(({ name }) => `${name}.log`).sort());
  for (const each of DIRTY_LOGS)
    expect(Buffer.compare(readFileSync(join(FOLDER, `${each.name}.log`)), makeDirtyLog(each)), each.name).toBe(0);
});
