import { isAscii, isUtf8 } from "node:buffer";
import { InputError } from "./input-error.ts";
import { parseJson } from "./json-parse.ts";
import type { Metadata } from "./metadata.ts";
import { isPlainDump } from "./plain-dump.ts";
import { readDescription } from "./read-description.ts";
import { readDump, toMetadata } from "./read-dump.ts";
import { Source } from "./source.ts";
import { isStream, readMachine, readTrailer } from "./stream-trailer.ts";

/** Bytes of one input after decompression, unless said otherwise: 64 MiB. */
export const DEFAULT_MAX_INPUT = 64 * 1024 * 1024;

export interface ReadOptions {
  /** Limit in bytes after decompression; for a stream, of its description. Defaults to DEFAULT_MAX_INPUT. */
  readonly maxInput?: number;
  /** Gives the digest of the file as stored; left out, the report says nothing about it. */
  readonly sha256?: () => string;
}

/** A text that is read and not parsed yet. Throws InputError with a position. */
export type Unparsed = () => Metadata;

/**
 * Reads metadata of any kind from bytes: a `-dump-vmstate` file, vmstate's own metadata, a stream with a description, or such a
 * description alone; each may be gzip. `path` only names the input. Throws InputError with a position.
 */
export function readMetadata(bytes: Uint8Array, path: string, options: ReadOptions = {}): Metadata {
  return openMetadata(bytes, path, options)();
}

export interface OpenOptions extends ReadOptions {
  /** Gives the digest of the bytes, or of the text that they are. What it is given stays as it is, the bytes themselves do not. */
  readonly digestLater?: (stored: Uint8Array | string) => () => string;
}

/** As readMetadata, up to the text. Throws InputError for what is no text. */
export function openMetadata(bytes: Uint8Array, path: string, options: OpenOptions): Unparsed {
  const maxInput = options.maxInput ?? DEFAULT_MAX_INPUT;
  const digest = (text?: string): (() => string) => options.digestLater?.(text ?? new Uint8Array(bytes)) ?? options.sha256 ?? (() => "");
  const plain = inflate(bytes, path, maxInput);
  if (isStream(plain)) {
    const text = readTrailer(path, plain.length, (from, to) => plain.subarray(from, to), maxInput);
    const [head, { length }, sha256] = [new Uint8Array(plain.subarray(0, 300)), plain, digest()];
    return () => readStreamText(path, text, head, length, sha256);
  }
  if (plain.length > maxInput) throw tooLarge(path, maxInput);
  const ascii = isAscii(plain);
  const decoded = decode(plain, path, ascii);
  const source = new Source(path, decoded, bytes.length, ascii && plain === bytes ? digest(decoded) : digest(), ascii);
  if (source.text.trim() === "") throw new InputError("EMPTY", path, "The file is empty.");
  return () => parseMetadata(source);
}

function parseMetadata(source: Source): Metadata {
  const { value, asExpected, census } = parseJson(source, isPlainDump);
  source.isPlainDump = asExpected;
  if (asExpected) return toMetadata(source, value, { plain: true, countsKnown: census.counts > 0 });
  if (typeof value === "object" && value !== null && "devices" in value && "page_size" in value)
    return readDescription(source, value, undefined);
  return readDump(source, value);
}

/** As readMetadata, for a stream whose trailer and head were read apart so that its RAM never had to be. */
export function readStreamText(path: string, text: string, head: Uint8Array, bytes: number, sha256: () => string): Metadata {
  const source = new Source(path, text, bytes, sha256);
  return readDescription(source, parseJson(source).value, readMachine(head));
}

export function tooLarge(path: string, maxInput: number): InputError {
  return new InputError("TOO_LARGE", path, `The file is larger than the limit of ${maxInput} bytes; --max-input raises it.`);
}

function inflate(bytes: Uint8Array, path: string, maxInput: number): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  // Loaded on demand: most inputs are plain.
  const { gunzipSync } = process.getBuiltinModule("node:zlib");
  try {
    return gunzipSync(bytes, { maxOutputLength: maxInput + 1 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(path, maxInput);
    throw new InputError("GZIP", path, "The file starts like gzip but cannot be decompressed; it is truncated or damaged.");
  }
}

function decode(bytes: Uint8Array, path: string, ascii: boolean): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Real metadata is ASCII; copying it as Latin-1 takes a tenth of the time that decoding does.
  if (ascii) return buffer.toString("latin1");
  if (!isUtf8(bytes)) throw new InputError("NOT_TEXT", path, "The file is not UTF-8 text, gzip or a migration stream.");
  const text = buffer.toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
