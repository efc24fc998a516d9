// The same values as QEMU's own analyser, field by field, on every stream that it can decode: `npm run stream:values -- FOLDER --peer SCRIPT`.
// With --write FOLDER what the script says of each goes into files, as fixtures for machines without it. Ends with a line of counts; exit status 1 when a value differs or a stream cannot be decoded here.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { type Analyzed, analyzedStream, compareAnalyzed, normalised } from "./analyzed.ts";

const { values, positionals } = parseArgs({ options: { peer: { type: "string" }, write: { type: "string" } }, allowPositionals: true });
const [folder] = positionals;
if (folder === undefined || !existsSync(folder)) {
  console.error("usage: npm run stream:values -- FOLDER --peer SCRIPT");
  process.exit(2);
}
const peer = values.peer !== undefined && existsSync(values.peer) ? values.peer : undefined;
if (peer === undefined) console.log("peer absent: analyze-migration.py (--peer SCRIPT)");

const counts = { streams: 0, decoded: 0, theirs: 0, same: 0, values: 0 };
for (const name of readdirSync(folder)
  .filter((each) => each.endsWith(".mig"))
  .sort()) {
  const path = join(folder, name);
  counts.streams++;
  const own = analyzedStream(readFileSync(path));
  if (own.problems.length === 0) counts.decoded++;
  else console.log(`${name}: ${own.problems[0]?.message}`);
  const theirs = peer === undefined ? undefined : ask(peer, path);
  if (theirs === undefined) continue;
  counts.theirs++;
  if (values.write !== undefined)
    writeFileSync(join(values.write, `${name}.values.json.gz`), gzipSync(JSON.stringify(theirs), { level: 9 }));
  const compared = compareAnalyzed(Object.fromEntries(own.sections), theirs);
  counts.values += compared.values;
  if (compared.differs === undefined) counts.same++;
  else console.log(`${name}: ${compared.differs}`);
}
console.log(
  `${counts.decoded} of ${counts.streams} streams decoded here; the script decodes ${counts.theirs}, with the same values in ${counts.same}: ${counts.values} values`,
);
process.exitCode = counts.decoded === counts.streams && counts.same === counts.theirs ? 0 : 1;

/** Undefined where the script fails. RAM, and its view of the configuration, are not devices. */
function ask(script: string, path: string): Analyzed | undefined {
  const { status, stdout } = spawnSync("python3", [script, "-f", path], { encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0) return undefined;
  const all = JSON.parse(stdout) as Record<string, unknown>;
  return normalised(
    Object.fromEntries(Object.entries(all).filter(([name]) => !/^(?:ram|configuration) \(/.test(name) && name !== "configuration")),
  );
}
