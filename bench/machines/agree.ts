// Holds the descriptors against real streams that carry a description: `npm run machines:agree -- FOLDER [SECTION…]`. Each section is decoded by
// its descriptor, and every leaf's offset, size, type and name is compared with what the stream's own description says.
import { closeSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { sourceOfFile } from "../../runtime/stream/byte-source.ts";
import type { SectionLayout } from "../../runtime/stream/description/layout.ts";
import type { SectionItem } from "../../runtime/stream/item.ts";
import { readStream } from "../../runtime/stream/read-stream.ts";
import { differencesIn } from "./agreement.ts";

const SHOWN = 3;

function main(folder: string | undefined, wanted: readonly string[]): number {
  if (folder === undefined) {
    console.error("usage: npm run machines:agree -- FOLDER [SECTION…]");
    return 2;
  }
  const count = { agree: 0, differ: 0, unknown: 0 };
  const said = new Set<string>();
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith(".mig"))
    .sort()) {
    const section = (item: SectionItem, body: Uint8Array, layout: SectionLayout | undefined): void => {
      const last = item.name.slice(item.name.lastIndexOf("/") + 1);
      if (layout?.vmsd === undefined || (wanted.length > 0 && !wanted.includes(last))) return;
      const found = differencesIn(item, body, layout);
      count[found === undefined ? "unknown" : found.length === 0 ? "agree" : "differ"]++;
      for (const line of (found ?? ["no descriptor"]).slice(0, SHOWN)) {
        if (!said.has(`${last}: ${line}`)) console.log(`${last}: ${line}   (${name})`);
        said.add(`${last}: ${line}`);
      }
    };
    const fd = openSync(join(folder, name), "r");
    readStream(sourceOfFile(fd), { item: () => {}, section, page: () => {}, pages: () => {}, problem: () => {} }, { payloads: false });
    closeSync(fd);
  }
  const { agree, differ, unknown } = count;
  console.log(`${agree} sections agree, ${differ} differ, ${unknown} have no descriptor`);
  return agree > 0 && differ + unknown === 0 ? 0 : 1;
}

const [folder, ...wanted] = process.argv.slice(2);
process.exitCode = main(folder, wanted);
