import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const INDEX = "index.jsonl";

export type Outcome = "made" | "lacking" | "failed";

/** What the index of a folder of streams says of a file, beside its size. */
export interface IndexLine {
  readonly file: string;
  readonly build: string;
  readonly machine: string;
  readonly what: string;
  readonly [more: string]: unknown;
}

/** Makes the folder. Where not all of its streams are made again, the index stays. */
export function beginFolder(out: string, isWhole: boolean): void {
  mkdirSync(out, { recursive: true });
  if (isWhole) rmSync(join(out, INDEX), { force: true });
}

export function addStream(out: string, line: IndexLine, stream: Uint8Array): void {
  writeFileSync(join(out, line.file), stream);
  appendFileSync(join(out, INDEX), `${JSON.stringify({ ...line, bytes: stream.length })}\n`);
  console.log(`${line.file}  ${stream.length}`);
}

/** A file that was made again has two lines. */
export function keepLastOfEach(out: string): void {
  const index = join(out, INDEX);
  if (!existsSync(index)) return;
  const lines = readFileSync(index, "utf8").trimEnd().split("\n");
  const last = new Map(lines.map((line) => [(JSON.parse(line) as { file: string }).file, line]));
  writeFileSync(index, `${[...last.values()].join("\n")}\n`);
}

/** Makes what a build may not have, as often as a busy machine may spoil it. `lacks` tells by an error that the build has it not. */
export async function tried(
  name: string,
  tries: number,
  make: () => Promise<void>,
  lacks: (error: Error, isLast: boolean) => boolean,
): Promise<Outcome> {
  for (let left = tries; left > 0; left -= 1) {
    try {
      await make();
      return "made";
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const isLacking = lacks(error, left === 1);
      console.log(`${name}  ${isLacking ? "not in this build" : "FAILED"}: ${error.message.trim().replaceAll(/\s*\n/g, " / ")}`);
      if (isLacking) return "lacking";
    }
  }
  return "failed";
}
