// Speed of the generated codecs beside the best code by hand and the libraries: `npm run bench:codec [-- --rounds N] [--only CASE,…]
// [--node PATH]`. A codec of wide states is a case by the name of `wide`.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { type Bar, GENERATED, generatedBars, holds, referenceBars, wideBars, wideName } from "./bars.ts";
import { OWN, PEER_CASES } from "./cases/index.ts";
import { peersInstalled } from "./peer.ts";
import { preparePeers } from "./prepare-peers.ts";
import { measure, type Run, seriesOf } from "./rounds.ts";
import { barLine, caseRow, wideRow } from "./table.ts";
import { WIDE, WIDE_FIELDS } from "./wide-codecs.ts";

const { values } = parseArgs({ options: { rounds: { type: "string" }, only: { type: "string" }, node: { type: "string" } } });
const rounds = Number(values.rounds ?? "15");
const node = values.node ?? process.execPath;
const only = values.only?.split(",");
const wanted = (name: string): boolean => only === undefined || only.includes(name);

async function main(): Promise<number> {
  const installed = peersInstalled();
  const peers = PEER_CASES.filter(({ name }) => wanted(name));
  if (installed) await preparePeers();
  else for (const { name } of peers) console.log(`peer absent: ${name} (npm run bench:codec:peers)`);
  const cases = [...OWN.filter(({ name }) => wanted(name)), ...(installed ? peers : [])];
  const wide = wanted("wide") ? Object.keys(WIDE).flatMap((name) => WIDE_FIELDS.map((fields) => ({ name, fields }))) : [];
  const runs: Run[] = [
    ...cases.map(({ name }) => ({ name, script: "dist/codec-child.cjs", args: [name] })),
    ...wide.map(({ name, fields }) => ({ name: wideName(name, fields), script: "dist/codec-wide.cjs", args: [name, `${fields}`] })),
  ];
  const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
  console.log(`node ${version}, ${rounds} rounds, a process each; median ns an operation, ratio to the reference, heap bytes an operation`);
  const measured = measure(node, runs, rounds);
  for (const each of cases) console.log(caseRow(each, measured));
  if (wide.length > 0) console.log("states of u32 fields; median ns a field, ratio to 64 fields, heap bytes a field");
  for (const { name, fields } of wide) console.log(wideRow(name, fields, measured));
  const series = seriesOf(measured);
  const names = PEER_CASES.map(({ name }) => name);
  // What is by hand only shows what can be had.
  for (const bar of wideBars(series, "by hand")) if (wide.length > 0) console.log(barLine(bar));
  const bars: Bar[] = [...referenceBars(series), ...generatedBars(series, names), ...wideBars(series, GENERATED)];
  for (const bar of bars) console.log(barLine(bar));
  return bars.every(holds) ? 0 : 1;
}

main().then((status) => {
  process.exitCode = status;
});
