// Holds the compiled machine types against real streams that name none: `npm run machines -- FOLDER`, which holds *.mig or *.mig.gz. Each is given
// as a file alone; every device byte must be decoded, and each section loaded by its generated codec and saved again the same.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { chooseCodec } from "../cli/stream/machine/choose-codec.ts";
import { lookAt } from "./machines/look-at.ts";

const SHOWN = 5;

async function main(folder: string | undefined): Promise<number> {
  if (folder === undefined) {
    console.error("usage: npm run machines -- FOLDER");
    return 2;
  }
  let [streams, sections, bytes, wrong] = [0, 0, 0, 0];
  for (const name of readdirSync(folder)
    .filter((each) => /\.mig(\.gz)?$/.test(each))
    .sort()) {
    const file = readFileSync(join(folder, name));
    const looked = await lookAt(name, name.endsWith(".gz") ? gunzipSync(file) : file, await chooseCodec({}));
    if (looked === undefined) continue;
    streams++;
    sections += looked.sections;
    bytes += looked.bytes;
    wrong += looked.problems.length;
    for (const line of looked.problems.slice(0, SHOWN)) console.log(`${name}: ${line}`);
  }
  console.log(
    `${streams} streams, ${sections} sections of ${bytes} bytes, loaded and saved the same by compiled codecs; ${wrong} problems`,
  );
  return wrong === 0 && streams > 0 ? 0 : 1;
}

main(process.argv[2]).then((status) => {
  process.exitCode = status;
});
