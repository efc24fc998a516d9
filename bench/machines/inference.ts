// What it costs to find out which machine type wrote a stream: `npm run machines:inference -- FOLDER`. Each stream that describes nothing is decoded as one of
// every machine type and build, and as the one that it is; the median of the ratio.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { builtInMachines } from "../../cli/built-in-machines.ts";
import { type Candidates, candidatesOf } from "../../cli/stream/machine/candidate.ts";
import { MachineCodec } from "../../cli/stream/machine/machine-codec.ts";
import { sourceOfBytes } from "../../runtime/stream/byte-source.ts";
import { DocumentWriter } from "../../runtime/stream/json/document-writer.ts";
import { readStream } from "../../runtime/stream/read-stream.ts";

const ROUNDS = 5;

const ir = builtInMachines();
const undescribed = Object.values(ir.machines).filter(({ container }) => !container.configuration);

function decoded(stream: Uint8Array, candidates: Candidates, isNamed: boolean): MachineCodec {
  const codec = new MachineCodec(candidates, isNamed);
  let text = 0;
  const writer = new DocumentWriter((piece) => {
    text += piece.length;
  });
  readStream(sourceOfBytes(stream), writer, { payloads: true, codec });
  writer.end({ text });
  return codec;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function timed(work: () => unknown): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

function main(folder: string | undefined): number {
  if (folder === undefined) {
    console.error("usage: npm run machines:inference -- FOLDER");
    return 2;
  }
  const names = readdirSync(folder).filter((name) => /pc-i440fx-2\.[012]-.*\.mig$/.test(name));
  const all = candidatesOf(ir, undescribed);
  const ratios: number[] = [];
  for (const name of names.toSorted()) {
    const path = join(folder, name);
    const stream = new Uint8Array(readFileSync(path));
    const found = decoded(stream, all, false).machine();
    const machine = undescribed.filter((each) => each.name === found?.name);
    const one = candidatesOf(ir, machine, { profile: found?.profile });
    const inferred = median(Array.from({ length: ROUNDS }, () => timed(() => decoded(stream, all, false))));
    const named = median(Array.from({ length: ROUNDS }, () => timed(() => decoded(stream, one, true))));
    ratios.push(inferred / named);
  }
  console.log(
    `${ratios.length} streams: finding the machine type takes ${median(ratios).toFixed(2)} times one decode, at most ${Math.max(...ratios).toFixed(2)}`,
  );
  return ratios.length > 0 && median(ratios) <= 3 ? 0 : 1;
}

process.exitCode = main(process.argv[2]);
