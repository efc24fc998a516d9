import type { ProcessIdentity } from "./process-identity.ts";
import { RecordError } from "./record-error.ts";
import { DESTINATION_STEPS, type DestinationRecord, SOURCE_STEPS, type SourceRecord } from "./states.ts";

export const RECORD_SCHEMA = "vmstate-hand-over/1";

interface Common {
  readonly schema: typeof RECORD_SCHEMA;
  /** 32 hex digits, the same on both sides and never the same for another move. */
  readonly migration: string;
  /** That of the file's name. */
  readonly revision: number;
  /** The one that has the guest's memory: not who wrote this. */
  readonly process: ProcessIdentity;
  /** For who reads it. */
  readonly host: string;
  readonly by: "source" | "destination" | "resolve";
}

export interface SourceSide extends Common {
  readonly role: "source";
  readonly state: SourceRecord;
}

export interface DestinationSide extends Common {
  readonly role: "destination";
  readonly state: DestinationRecord;
}

export type HandOverRecord = SourceSide | DestinationSide;
export type RecordState = SourceRecord | DestinationRecord;

export function newMigrationId(random: (bytes: Uint8Array) => Uint8Array): string {
  return Buffer.from(random(new Uint8Array(16))).toString("hex");
}

/** Whether there is no more to come of that side's move: another may begin. */
export function isOver(state: RecordState): boolean {
  return state === "done" || state === "kept" || state === "void";
}

export function isStep(from: RecordState, to: RecordState, role: HandOverRecord["role"]): boolean {
  const steps: Readonly<Record<string, readonly string[]>> = role === "source" ? SOURCE_STEPS : DESTINATION_STEPS;
  return steps[from]?.includes(to) === true;
}

export function formatRecord(record: HandOverRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/** Refuses all that is not exactly a record of that revision: half a record gives nobody a right. */
export function parseRecord(path: string, revision: number, text: string): HandOverRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw damaged(path, "it is not JSON", cause);
  }
  if (!isObject(value)) throw damaged(path, "it is not an object");
  const { schema, role, migration, process, host, by, state } = value;
  if (schema !== RECORD_SCHEMA) throw damaged(path, `its schema is not ${RECORD_SCHEMA}`);
  if (role !== "source" && role !== "destination") throw damaged(path, "it is of no side");
  if (typeof state !== "string" || !Object.hasOwn(role === "source" ? SOURCE_STEPS : DESTINATION_STEPS, state)) {
    throw damaged(path, `its state is none of a ${role}`);
  }
  if (typeof migration !== "string" || !/^[0-9a-f]{32}$/.test(migration)) throw damaged(path, "it names no migration");
  if (value.revision !== revision) throw damaged(path, "its revision is not that of its name");
  if (typeof host !== "string") throw damaged(path, "it names no host");
  if (by !== "source" && by !== "destination" && by !== "resolve") throw damaged(path, "it does not say who wrote it");
  if (!isProcess(process)) throw damaged(path, "it names no process");
  const identity = { pid: process.pid, start: process.start, boot: process.boot, pids: process.pids };
  // The state was looked up in the list of its role.
  return { schema, role, migration, revision, state, process: identity, host, by } as HandOverRecord;
}

function isProcess(value: unknown): value is ProcessIdentity {
  return (
    isObject(value) &&
    Number.isSafeInteger(value.pid) &&
    typeof value.start === "string" &&
    typeof value.boot === "string" &&
    typeof value.pids === "string"
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function damaged(path: string, why: string, cause?: unknown): RecordError {
  return new RecordError("damaged", path, `The hand-over record cannot be read, as ${why}; nothing may run by it.`, cause);
}
