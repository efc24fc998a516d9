// Holds the stream tools against real streams: `npm run streams -- FOLDER`, which holds *.mig, or streams/ or streams.tar.xz with them.
// Each is decoded from a copy that is gone before it is encoded again, so that every byte has to have come through the document.
import { spawnSync } from "node:child_process";
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command, Io } from "../cli/command.ts";
import { runCommand } from "../cli/run-command.ts";
import { command as decode } from "../cli/stream/decode.ts";
import { command as encode } from "../cli/stream/encode.ts";
import { command as rewrite } from "../cli/stream/rewrite.ts";
import { type ByteSource, sourceOfFile } from "../runtime/stream/byte-source.ts";
import { readStream } from "../runtime/stream/read-stream.ts";
import { Verifier } from "../runtime/stream/verify/verifier.ts";

const work = mkdtempSync(join(tmpdir(), "vmstate-streams-"));
const [input, document, output] = ["in.mig", "document.json", "out.mig"].map((name) => join(work, name)) as [string, string, string];

async function main(folder: string | undefined): Promise<number> {
  if (folder === undefined) {
    console.error("usage: npm run streams -- FOLDER");
    return 2;
  }
  const streams = streamsOf(folder);
  const count = { identical: 0, rewritten: 0, file: 0, pipe: 0, bytes: 0 };
  for (const path of streams) {
    const isIdentical = await comesBack(path);
    const [inFile, inPipe] = [problemsOf(path, false), problemsOf(path, true)];
    const isRewritten = await isRewrittenSame(path);
    if (isIdentical) count.identical++;
    if (isRewritten) count.rewritten++;
    if (inFile.length === 0) count.file++;
    if (inPipe.length === 0) count.pipe++;
    count.bytes += readFileSync(path).length;
    if (!isIdentical) console.log(`${path}: what was encoded is not what was decoded`);
    if (!isRewritten) console.log(`${path}: what was rewritten without an edit is another`);
    for (const line of new Set([...inFile, ...inPipe])) console.log(`${path}: ${line}`);
  }
  const { identical, rewritten, file, pipe, bytes } = count;
  const all = streams.length;
  console.log(
    `${identical} of ${all} identical, ${rewritten} of ${all} rewritten the same, ${file} of ${all} verify clean from a file, ${pipe} of ${all} from a pipe; ${bytes} bytes in all`,
  );
  return all > 0 && identical === all && rewritten === all && file === all && pipe === all ? 0 : 1;
}

function streamsOf(folder: string): readonly string[] {
  const archive = join(folder, "streams.tar.xz");
  const unpacked = existsSync(join(folder, "streams")) ? join(folder, "streams") : folder;
  const isPacked = existsSync(archive) && unpacked === folder;
  if (isPacked && spawnSync("tar", ["-xf", archive, "-C", work], { stdio: "inherit" }).status !== 0)
    throw new Error(`${archive} cannot be unpacked.`);
  const from = isPacked ? join(work, "streams") : unpacked;
  const names = readdirSync(from).filter((name) => name.endsWith(".mig"));
  return names.toSorted().map((name) => join(from, name));
}

async function comesBack(path: string): Promise<boolean> {
  copyFileSync(path, input);
  const out = openSync(document, "w");
  const decoded = await run(decode, [input], (text) => writeSync(out, text));
  closeSync(out);
  rmSync(input);
  const encoded = await run(encode, ["-o", output, document], () => {});
  return decoded === 0 && encoded === 0 && readFileSync(output).equals(readFileSync(path));
}

async function isRewrittenSame(path: string): Promise<boolean> {
  const status = await run(rewrite, [path, "-o", output], () => {});
  return status === 0 && readFileSync(output).equals(readFileSync(path));
}

async function run(command: Command, args: readonly string[], out: (text: string) => void): Promise<number> {
  const io: Io = { out, err: (text) => console.error(text), isTerminal: false, columns: 80, env: {} };
  return runCommand("stream", command, args, io);
}

function problemsOf(path: string, isPipe: boolean): readonly string[] {
  const fd = openSync(path, "r");
  const pipe: ByteSource = { read: (into) => readSync(fd, into) };
  const verifier = new Verifier();
  readStream(isPipe ? pipe : sourceOfFile(fd), verifier, { payloads: true });
  closeSync(fd);
  verifier.end();
  const errors = verifier.findings.list.filter(({ level }) => level === "error");
  return errors.map(({ at, path: where, message }) => `offset ${at}, ${where}: ${message}`);
}

main(process.argv[2])
  .then((status) => {
    process.exitCode = status;
  })
  .finally(() => rmSync(work, { recursive: true }));
