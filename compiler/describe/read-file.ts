import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { sha256, sha256File } from "./digest.ts";
import { InputError } from "./input-error.ts";
import type { Metadata } from "./metadata.ts";
import { DEFAULT_MAX_INPUT, openMetadata, type ReadOptions, readStreamText, tooLarge, type Unparsed } from "./read.ts";
import { isStream, readTrailer } from "./stream-trailer.ts";

type FileOptions = Omit<ReadOptions, "sha256">;

/**
 * Reads metadata from a file, or from standard input for `-`. Of a stream only head and trailer are read, whatever its size.
 * Throws InputError for everything that is wrong with the file, also that it cannot be opened.
 */
export function readMetadataFile(path: string, options: FileOptions = {}): Metadata {
  return openMetadataFile(path, options)();
}

/**
 * Both files of a comparison. The texts are read before either is parsed: V8 collects garbage to make room for a text of this size, and
 * would copy all that was parsed by then. Throws as readMetadataFile does, first what is wrong with the first file.
 */
export function readMetadataPair(old: string, new_: string, options: FileOptions): { old: Metadata; new: Metadata } {
  const [first, second] = [attempt(old, options), attempt(new_, options)];
  return { old: first(), new: second() };
}

function attempt(path: string, options: FileOptions): Unparsed {
  try {
    return openMetadataFile(path, options);
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function openMetadataFile(path: string, options: FileOptions): Unparsed {
  const maxInput = options.maxInput ?? DEFAULT_MAX_INPUT;
  return withFile(path, (fd) => {
    const stat = fstatSync(fd);
    if (stat.isFile()) {
      const head = readRange(fd, 0, 300);
      if (isStream(head)) {
        const text = readTrailer(path, stat.size, (from, to) => readRange(fd, from, to), maxInput);
        const digest = once(() => sha256File(path));
        return () => readStreamText(path, text, head, stat.size, digest);
      }
      if (stat.size > maxInput) throw tooLarge(path, maxInput);
    }
    const bytes = stat.isFile() ? readWhole(fd, stat.size) : readPipe(fd, path, maxInput);
    const digestLater = (stored: Uint8Array | string): (() => string) => once(() => sha256(stored));
    return openMetadata(bytes, path === "-" ? "<stdin>" : path, { ...options, digestLater });
  });
}

/** The text of a small side input (a device list, a libvirt domain, a log); same limits and errors. */
export function readTextFile(path: string, maxInput = DEFAULT_MAX_INPUT): string {
  return withFile(path, (fd) => {
    return Buffer.from(readPipe(fd, path, maxInput)).toString("utf8");
  });
}

function once(digest: () => string): () => string {
  let known: string | undefined;
  return () => {
    known ??= digest();
    return known;
  };
}

/** Opens a file, or gives standard input's descriptor for `-`. Throws InputError for one that cannot be opened, and for a directory. */
export function openInput(path: string): number {
  const fd = path === "-" ? 0 : openFile(path);
  if (!fstatSync(fd).isDirectory()) return fd;
  if (fd !== 0) closeSync(fd);
  throw new InputError("IS_DIRECTORY", path, "This is a directory, not a file.");
}

function openFile(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw new InputError("UNREADABLE", path, openFailure(error as NodeJS.ErrnoException));
  }
}

function withFile<T>(path: string, use: (fd: number) => T): T {
  const fd = openInput(path);
  try {
    return use(fd);
  } finally {
    if (fd !== 0) closeSync(fd);
  }
}

function openFailure(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "No such file.";
  if (error.code === "EACCES" || error.code === "EPERM") return "No permission to read the file.";
  return `The file cannot be opened (${error.code ?? error.message}).`;
}

/** Files up to this size are read into the same memory, one after the other. */
const MOST_REUSED = 4 << 20;

let reused: Buffer | undefined;

/** Valid up to the next call. Memory that was never touched is mapped page by page, which takes longer than to read into it. */
function readWhole(fd: number, size: number): Uint8Array {
  if (size > MOST_REUSED) return readRange(fd, 0, size);
  // Some room beyond: the files of two builds are about as long.
  if (reused === undefined || reused.length < size) reused = Buffer.allocUnsafe(size + (size >> 3));
  return readRange(fd, 0, size, reused.subarray(0, size));
}

function readRange(fd: number, from: number, to: number, bytes: Buffer = Buffer.allocUnsafe(to - from)): Uint8Array {
  let filled = 0;
  while (filled < bytes.length) {
    const got = readSync(fd, bytes, filled, bytes.length - filled, from + filled);
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}

function readPipe(fd: number, path: string, maxInput: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(1 << 16);
    const got = readWaiting(fd, chunk);
    if (got === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, got));
    total += got;
    if (total > maxInput) throw tooLarge(path, maxInput);
  }
}

/** A pipe that is set non-blocking by its other end answers EAGAIN until data arrives. */
function readWaiting(fd: number, chunk: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, chunk, 0, chunk.length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Whether a file starts like a migration stream. Throws InputError when it cannot be opened. */
export function isStreamFile(path: string): boolean {
  return path !== "-" && withFile(path, (fd) => fstatSync(fd).isFile() && isStream(readRange(fd, 0, 4)));
}
