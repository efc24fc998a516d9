import { crc32 } from "node:zlib";
import type { ByteSource } from "../../stream/byte-source.ts";
import { BodyError, BodyReader } from "./body-reader.ts";
import { DirtyLogError } from "./dirty-log-error.ts";
import { type DirtyLog, type Epoch, type LogEnd, type LoggedBlock, MOST_EPOCHS, RECORD, type Runs } from "./format.ts";
import { type LogHeader, readHeader } from "./read-header.ts";
import { SourceReader } from "./source-reader.ts";

export interface ReadLogOptions {
  /** Most bytes that are read; what a log becomes in memory is at most sixteen times as large. Defaults to 256 MiB. */
  readonly maxInput?: number;
}

/**
 * Reads a log up to its last whole record; `end` says what is behind that, if it did not end as it was meant to.
 * @throws DirtyLogError where there is no header to go by, or too much of everything
 */
export function readDirtyLog(source: ByteSource, { maxInput = 2 ** 28 }: ReadLogOptions = {}): DirtyLog {
  const reader = new SourceReader(source, maxInput);
  const header = readHeader(reader);
  const epochs: Epoch[] = [];
  let zero: Runs | undefined;
  let end: LogEnd | undefined;
  while (end === undefined) {
    if (epochs.length > MOST_EPOCHS) throw new DirtyLogError("limit", reader.offset, "", `The log has more than ${MOST_EPOCHS} epochs.`);
    const record = readRecord(reader);
    if ("code" in record) end = record;
    else {
      try {
        const read = readBody(record, header, epochs.at(-1)?.at ?? 0);
        if (read === "ended") end = read;
        else if (read?.kind === "zero") zero = read.runs;
        else if (read !== undefined) epochs.push(read.epoch);
      } catch (error) {
        if (!(error instanceof BodyError)) throw error;
        end = { code: "damaged", at: record.at + error.at, message: error.message };
      }
    }
  }
  return { ...header, zero, epochs, end };
}

const NO_RUNS = new Uint32Array();

interface LogRecord {
  readonly kind: number;
  /** Offset of the body. */
  readonly at: number;
  readonly body: Uint8Array;
}

type Body = { readonly kind: "zero"; readonly runs: Runs } | { readonly kind: "epoch"; readonly epoch: Epoch } | "ended";

/** Undefined for a kind that a later version may add. Throws BodyError. */
function readBody({ kind, body }: LogRecord, header: LogHeader, before: number): Body | undefined {
  const reader = new BodyReader(body);
  let read: Body;
  if (kind === RECORD.epoch) read = { kind: "epoch", epoch: readEpoch(reader, header, before) };
  else if (kind === RECORD.zero) read = { kind: "zero", runs: readRuns(reader, header.blocks) };
  else if (kind === RECORD.end) read = "ended";
  else return undefined;
  reader.end();
  return read;
}

type Cut = Exclude<LogEnd, "ended">;

function readRecord(reader: SourceReader): LogRecord | Cut {
  const start = reader.offset;
  const head = reader.take(5);
  if (head === undefined) {
    const message = reader.offset === start ? "The log was not ended." : "The log is cut in the head of a record.";
    return { code: "cut", at: reader.offset, message };
  }
  const length = new DataView(head.buffer, head.byteOffset).getUint32(1);
  const body = reader.take(length);
  const sum = body === undefined ? undefined : reader.take(4);
  if (body === undefined || sum === undefined) return { code: "cut", at: reader.offset, message: "The log is cut in a record." };
  if (crc32(body, crc32(head)) !== new DataView(sum.buffer, sum.byteOffset).getUint32(0))
    return { code: "damaged", at: start, message: "The checksum of a record is wrong." };
  return { kind: head[0] as number, at: start + 5, body };
}

function readEpoch(body: BodyReader, { blocks }: LogHeader, before: number): Epoch {
  const [at, milliseconds] = [body.varint() / 1000, body.varint() / 1000];
  if (at < before) throw new BodyError(0, `An epoch ends at ${at} ms, before the one that it follows.`);
  // Both are rounded.
  if (milliseconds > at - before + 0.002) throw new BodyError(0, "An epoch is longer than the time since the one before.");
  return { at, milliseconds, runs: readRuns(body, blocks) };
}

function readRuns(body: BodyReader, blocks: readonly LoggedBlock[]): Runs {
  const edges: number[] = [];
  for (const { pages, firstPage } of blocks) body.runs(pages, firstPage, edges);
  return edges.length === 0 ? NO_RUNS : Uint32Array.from(edges);
}
