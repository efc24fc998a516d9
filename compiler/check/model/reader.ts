import type { ModelField, ModelVmsd } from "./schema.ts";
import { elementPath, existsAt, type Holds, valueKey } from "./writer.ts";

/** A value that the loading build took from the stream: which one it believes it is, and where its bytes were. */
export interface Taken {
  readonly key: string;
  readonly id: number;
  /** Skipped instead of taken. */
  readonly padding: boolean;
  readonly offset: number;
  readonly size: number;
}

export type Loaded = { readonly taken: readonly Taken[] } | { readonly refused: string };

class Refusal extends Error {}

interface Cursor {
  readonly bytes: readonly number[];
  readonly holds: Holds;
  readonly taken: Taken[];
  at: number;
}

/** Loads a section's body by the rules of the build that loads it; `version` is the one in the section's header. */
export function readSection(device: ModelVmsd, version: number, bytes: readonly number[], holds: Holds): Loaded {
  const cursor: Cursor = { bytes, holds, taken: [], at: 0 };
  try {
    if (version > device.version) throw new Refusal(`unsupported version ${version} for 'dev' v${device.version}`);
    readVmsd(device, version, "", cursor);
    // What is not consumed, or read beyond the end, makes the footer's mark miss.
    if (cursor.at !== bytes.length) throw new Refusal(`Missing section footer: ${cursor.at} of ${bytes.length} bytes read`);
    return { taken: cursor.taken };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message };
    throw error;
  }
}

function readVmsd(vmsd: ModelVmsd, version: number, path: string, cursor: Cursor): void {
  if (version > vmsd.version) throw new Refusal(`${vmsd.name}: incoming version_id ${version} is too new`);
  if (version < vmsd.minimum) throw new Refusal(`${vmsd.name}: incoming version_id ${version} is too old`);
  for (const field of vmsd.fields) if (existsAt(field, version, cursor.holds)) readField(field, path, cursor);
  while (cursor.bytes[cursor.at] === 0x05) {
    const length = cursor.bytes[cursor.at + 1] ?? 0;
    if (length < vmsd.name.length + 1 || cursor.at + 2 + length > cursor.bytes.length) return;
    const name = Buffer.from(cursor.bytes.slice(cursor.at + 2, cursor.at + 2 + length)).toString("latin1");
    if (!name.startsWith(vmsd.name)) return;
    const subsection = vmsd.subsections.find((each) => each.name === name);
    if (subsection === undefined) throw new Refusal(`${vmsd.name}: subsection ${name} is not known`);
    cursor.at += 2 + length + 4;
    readVmsd(subsection, be32(cursor.bytes, cursor.at - 4), path, cursor);
  }
}

/** A struct is read at the loading build's own version of it: its version is not on the wire. */
function readField(field: ModelField, path: string, cursor: Cursor): void {
  for (let element = 0; element < field.count; element++) {
    if (field.vmsd !== undefined) readVmsd(field.vmsd, field.vmsd.version, elementPath(path, field.id, element), cursor);
    else {
      const key = valueKey(path, field.id, element);
      cursor.taken.push({ key, id: field.id, padding: field.content === "padding", offset: cursor.at, size: field.size });
      cursor.at += field.size;
      if (cursor.at > cursor.bytes.length) throw new Refusal(`Missing section footer: '${field.name}' ends behind the section`);
    }
  }
}

function be32(bytes: readonly number[], at: number): number {
  return [0, 1, 2, 3].reduce((value, offset) => value * 256 + (bytes[at + offset] ?? 0), 0);
}
