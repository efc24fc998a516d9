import { closeSync, createReadStream, fstatSync, readSync } from "node:fs";
import { InputError } from "../../compiler/describe/input-error.ts";
import { openInput } from "../../compiler/describe/read-file.ts";
import { sourceOfFile } from "../../runtime/stream/byte-source.ts";
import type { Sink } from "../../runtime/stream/read/context.ts";
import { type ReadOptions, readChunks, readStream } from "../../runtime/stream/read-stream.ts";
import type { Io } from "../command.ts";
import { progressOf } from "./progress.ts";

/**
 * Reads the stream of a file, plain or gzip, or of standard input for `-`. Throws InputError for a file that cannot be opened or that is no
 * stream; everything else that is wrong is the sink's.
 */
export async function readInput(path: string, sink: Sink, options: Omit<ReadOptions, "progress">, io: Io): Promise<void> {
  const shown = path === "-" ? "<stdin>" : path;
  const fd = openInput(path);
  const checked: Sink = {
    item: sink.item,
    section: sink.section,
    page: sink.page,
    pages: sink.pages,
    problem: (problem) => {
      if (problem.code === "not-a-stream") throw new InputError("NOT_A_STREAM", shown, problem.message);
      sink.problem(problem);
    },
  };
  const stat = fstatSync(fd);
  const progress = progressOf(io, stat.isFile() ? stat.size : undefined);
  try {
    if (stat.isFile() && isGzip(fd)) await readChunks(unzipped(path, shown), checked, { ...options, progress: progress.at });
    else readStream(sourceOfFile(fd), checked, { ...options, progress: progress.at });
  } finally {
    progress.end();
    if (fd !== 0) closeSync(fd);
  }
}

function isGzip(fd: number): boolean {
  const head = Buffer.alloc(2);
  return readSync(fd, head, 0, 2, 0) === 2 && head.readUInt16BE() === 0x1f8b;
}

async function* unzipped(path: string, shown: string): AsyncGenerator<Uint8Array> {
  // Loaded on demand: most streams are plain, and it brings much with it.
  const { createGunzip } = await import("node:zlib");
  try {
    for await (const chunk of createReadStream(path).pipe(createGunzip())) yield chunk as Uint8Array;
  } catch {
    throw new InputError("GZIP", shown, "The file starts like gzip but cannot be decompressed; it is truncated or damaged.");
  }
}
