// The same values as QEMU's own analyser, field by field, on every stream that it can decode: `npm run stream:values -- FOLDER --peer SCRIPT`.
// Ends with a line of counts; exit status 1 when a value differs or a stream cannot be decoded here.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sourceOfBytes } from "../../runtime/stream/byte-source.ts";
import { readState } from "../../runtime/stream/description/read-state.ts";
import type { Problem } from "../../runtime/stream/errors.ts";
import { readStream } from "../../runtime/stream/read-stream.ts";
import { type Analyzed, analyzed, compareAnalyzed, normalised } from "./analyzed.ts";

const { values, positionals } = parseArgs({ options: { peer: { type: "string" } }, allowPositionals: true });
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
  const own = decode(path);
  if (own.problems.length === 0) counts.decoded++;
  else console.log(`${name}: ${own.problems[0]?.message}`);
  const theirs = peer === undefined ? undefined : ask(peer, path);
  if (theirs === undefined) continue;
  counts.theirs++;
  const compared = compareAnalyzed(Object.fromEntries(own.sections), theirs);
  counts.values += compared.values;
  if (compared.differs === undefined) counts.same++;
  else console.log(`${name}: ${compared.differs}`);
}
console.log(
  `${counts.decoded} of ${counts.streams} streams decoded here; the script decodes ${counts.theirs}, with the same values in ${counts.same}: ${counts.values} values`,
);
process.exitCode = counts.decoded === counts.streams && counts.same === counts.theirs ? 0 : 1;

function decode(path: string): { sections: Map<string, Analyzed>; problems: Problem[] } {
  const sections = new Map<string, Analyzed>();
  const problems: Problem[] = [];
  readStream(
    sourceOfBytes(readFileSync(path)),
    {
      item: () => {},
      page: () => {},
      section: ({ name, id, body }, bytes, layout) => {
        if (layout !== undefined) sections.set(`${name} (${id})`, analyzed(readState(layout, { bytes, at: body.at })));
      },
      problem: (problem) => problems.push(problem),
    },
    { payloads: false },
  );
  return { sections, problems };
}

/** Undefined where the script fails. RAM, and its view of the configuration, are not devices. */
function ask(script: string, path: string): Analyzed | undefined {
  const { status, stdout } = spawnSync("python3", [script, "-f", path], { encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0) return undefined;
  const all = JSON.parse(stdout) as Record<string, unknown>;
  return normalised(
    Object.fromEntries(Object.entries(all).filter(([name]) => !/^(?:ram|configuration) \(/.test(name) && name !== "configuration")),
  );
}
