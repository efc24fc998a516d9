import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { isThisProcess, livenessOf, thisProcess } from "./process-identity.ts";
import { formatRecord, type HandOverRecord, isOver, isStep, parseRecord, RECORD_SCHEMA, type RecordState } from "./record.ts";
import { RecordError } from "./record-error.ts";

/**
 * A record is a folder with a file for each revision, of which the highest counts. To change it is to link a whole, synced file to the next
 * number: the file system lets exactly one do that, whoever dies at any point leaves the record as it was or as it will be, and there is no
 * lock that somebody could hold for ever.
 */

export interface Outcome {
  /** Whether it is this call that has changed it. */
  readonly isWritten: boolean;
  /** As it stands now. */
  readonly record: HandOverRecord;
}

export interface RecordStart {
  readonly role: HandOverRecord["role"];
  readonly migration: string;
}

/** The record as it is, on the disk for certain: nobody acts on what a power failure would take back. */
export function readRecord(folder: string): HandOverRecord {
  const record = latest(folder);
  if (record === undefined) {
    throw new RecordError("missing", folder, "There is no hand-over record here.");
  }
  syncFolder(folder);
  return record;
}

/**
 * Changes the record of that move if its state is still the one that is expected. Where it is not, what it is is given back; a record of
 * another move, and one that cannot be read or written, is a RecordError.
 */
export function changeRecord(folder: string, migration: string, from: RecordState, to: RecordState, by: HandOverRecord["by"]): Outcome {
  for (;;) {
    const now = readRecord(folder);
    if (now.migration !== migration) throw new RecordError("foreign", folder, "The hand-over record is that of another migration.");
    if (now.state !== from) return { isWritten: false, record: now };
    if (!isStep(from, to, now.role)) {
      throw new RecordError("not-a-step", folder, `The hand-over record of a ${now.role} does not go from '${from}' to '${to}'.`);
    }
    // The role was checked with the states.
    const next = { ...now, revision: now.revision + 1, state: to, by } as HandOverRecord;
    if (append(folder, next)) return { isWritten: true, record: next };
  }
}

/**
 * The first record of a move, of this process. What is there of another is replaced only where no more can come of it: `unfinished` where
 * somebody has to resolve it first, `taken` where its process lives or may live. A record of the same move is given as it is, and is not
 * changed: only a process that had died leaves one.
 */
export function beginRecord(folder: string, start: RecordStart): Outcome {
  makeFolder(folder);
  for (;;) {
    const before = latest(folder);
    if (before !== undefined) {
      if (before.role !== start.role) throw new RecordError("foreign", folder, `The hand-over record is that of a ${before.role}.`);
      if (before.migration === start.migration) {
        if (livenessOf(before.process) !== "dead") throw taken(folder, before);
        return { isWritten: false, record: readRecord(folder) };
      }
      refuseUnfinished(folder, before);
    }
    const record = {
      schema: RECORD_SCHEMA,
      role: start.role,
      migration: start.migration,
      revision: (before?.revision ?? 0) + 1,
      state: start.role === "source" ? "holds" : "loading",
      process: thisProcess(),
      host: hostname(),
      by: start.role,
    } as HandOverRecord;
    if (!append(folder, record)) continue;
    forget(folder, record.revision);
    return { isWritten: true, record };
  }
}

function refuseUnfinished(folder: string, before: HandOverRecord): void {
  const { state, role } = before;
  if (isOver(state)) return;
  if (state === "loading" || state === "holds") {
    if (livenessOf(before.process) === "dead") return;
    // A guest that came to this process may have left it again.
    if (role === "destination" && state === "holds" && isThisProcess(before.process)) return;
    throw taken(folder, before);
  }
  throw new RecordError("unfinished", folder, `The ${role}'s record says '${state}': that migration has to be resolved first.`);
}

function taken(folder: string, record: HandOverRecord): RecordError {
  return new RecordError("taken", folder, `Process ${record.process.pid} on ${record.host} has what that record is about, or may have it.`);
}

function latest(folder: string): HandOverRecord | undefined {
  for (;;) {
    const revision = highestRevision(folder);
    if (revision === 0) return undefined;
    const path = join(folder, `${revision}.json`);
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch (cause) {
      // Its numbers only grow: a file that has gone is no longer the highest.
      if (codeOf(cause) === "ENOENT" && highestRevision(folder) > revision) continue;
      throw failed(path, cause);
    }
    return parseRecord(path, revision, text);
  }
}

/** 0 where there is none. Tells cheaply that a record was changed; what it says is for `readRecord`. */
export function highestRevision(folder: string): number {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return 0;
    throw failed(folder, cause);
  }
  return names.reduce((most, name) => (/^[1-9]\d{0,14}\.json$/.test(name) ? Math.max(most, Number.parseInt(name, 10)) : most), 0);
}

let written = 0;

/** Whether that revision has become this record, and is the newest. */
function append(folder: string, record: HandOverRecord): boolean {
  const self = thisProcess();
  written++;
  const temporary = join(folder, `.${self.pid}-${self.start}-${written}.new`);
  const path = join(folder, `${record.revision}.json`);
  try {
    const file = openSync(temporary, "wx", 0o644);
    try {
      writeSync(file, formatRecord(record));
      fsyncSync(file);
      try {
        linkSync(temporary, path);
      } catch (cause) {
        // A network's file system may say of a link that it made that it was there: its answer was lost, and it was asked again.
        if (codeOf(cause) === "ENOENT" && highestRevision(folder) > 0) return false;
        if (codeOf(cause) !== "EEXIST") throw cause;
        if (statSync(temporary).nlink < 2) return false;
      }
      syncFolder(folder);
    } finally {
      closeSync(file);
      rmSync(temporary, { force: true });
    }
  } catch (cause) {
    throw failed(path, cause);
  }
  // Older numbers are free again once they are forgotten: who was late has written one that does not count.
  return highestRevision(folder) === record.revision;
}

function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    throw failed(folder, cause);
  }
}

/** Only in a record's own beginning, when nobody has business with what was before. */
function forget(folder: string, revision: number): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".new") || (/^[1-9]\d{0,14}\.json$/.test(name) && Number.parseInt(name, 10) < revision)) {
      rmSync(join(folder, name), { force: true });
    }
  }
}

function failed(path: string, cause: unknown): RecordError {
  if (cause instanceof RecordError) return cause;
  return new RecordError("failed", path, `The hand-over record can be neither read nor written (${codeOf(cause) ?? "no reason"}).`, cause);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

function makeFolder(folder: string): void {
  try {
    if (mkdirSync(folder, { recursive: true }) !== undefined) syncFolder(dirname(folder));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RecordError("failed", folder, `The folder of the hand-over record cannot be made: ${why}`, cause);
  }
}
