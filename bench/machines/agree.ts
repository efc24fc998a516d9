// Holds the descriptors against real streams that carry a description: `npm run machines:agree -- FOLDER [SECTION…]`. Each section is decoded by
// its descriptor, and every leaf's offset, size, type and name is compared with what the stream's own description says. A type that another build
// has changed is told apart: a stream of that build in the same folder must say the descriptor's.
import { closeSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { sourceOfFile } from "../../runtime/stream/byte-source.ts";
import { agreementOf, nameNow } from "./agreement.ts";
import { kindsSaid, type NamedStream } from "./kinds-said.ts";
import { readDescribed } from "./read-described.ts";

const SHOWN = 3;

function main(folder: string | undefined, wanted: readonly string[]): number {
  if (folder === undefined) {
    console.error("usage: npm run machines:agree -- FOLDER [SECTION…]");
    return 2;
  }
  const count = { agree: 0, changed: 0, differ: 0, unknown: 0 };
  const said = new Set<string>();
  const kindsElsewhere = kindsSaid(streamsIn(folder), nameNow);
  for (const { name, source } of streamsIn(folder))
    readDescribed(source, (item, body, described) => {
      const last = item.name.slice(item.name.lastIndexOf("/") + 1);
      if (wanted.length > 0 && !wanted.includes(last)) return;
      const found = agreementOf(item, body, described, kindsElsewhere(name));
      const { differences, explained } = found ?? { differences: ["no descriptor"], explained: [] };
      if (found === undefined) count.unknown++;
      else if (differences.length > 0) count.differ++;
      else count[explained.length > 0 ? "changed" : "agree"]++;
      for (const line of [...differences, ...explained.map((each) => `${each} in another build`)].slice(0, SHOWN)) {
        if (!said.has(`${last}: ${line}`)) console.log(`${last}: ${line}   (${name})`);
        said.add(`${last}: ${line}`);
      }
    });
  const { agree, changed, differ, unknown } = count;
  console.log(`${agree} sections agree, ${changed} but for a kind that another build has, ${differ} differ, ${unknown} have no descriptor`);
  return agree > 0 && differ + unknown === 0 ? 0 : 1;
}

function* streamsIn(folder: string): Generator<NamedStream> {
  for (const name of readdirSync(folder)
    .filter((each) => each.endsWith(".mig"))
    .sort()) {
    const fd = openSync(join(folder, name), "r");
    try {
      yield { name, source: sourceOfFile(fd) };
    } finally {
      closeSync(fd);
    }
  }
}

const [folder, ...wanted] = process.argv.slice(2);
process.exitCode = main(folder, wanted);
