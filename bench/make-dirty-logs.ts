// The logs of fixtures/dirty-log, which follow from their cases alone: `npm run make-dirty-logs -- OUT`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DIRTY_LOGS, makeDirtyLog } from "./make-dirty-logs/cases.ts";

const [out] = process.argv.slice(2);
if (out === undefined) {
  console.error("usage: npm run make-dirty-logs -- OUT");
  process.exitCode = 2;
} else {
  mkdirSync(out, { recursive: true });
  for (const each of DIRTY_LOGS) writeFileSync(join(out, `${each.name}.log`), makeDirtyLog(each));
}
