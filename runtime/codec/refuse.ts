import { LoadError, SaveError } from "./errors.ts";
import type { ByteReader } from "./reader.ts";
import type { ByteWriter } from "./writer.ts";

/** Field lengths of a run of fixed fields in wire order, as codecs carry them for the sake of this message: "divider 2\nrbr 1". */
export type Run = string;

/** The bytes end inside a run that begins at `start`. */
export function truncated(r: ByteReader, vmsd: string, start: number, run: Run): LoadError {
  let offset = start;
  for (const entry of run.split("\n")) {
    const blank = entry.lastIndexOf(" ");
    const size = Number(entry.slice(blank + 1));
    if (offset + size > r.end) {
      const field = entry.slice(0, blank);
      const left = Math.max(0, r.end - offset);
      return new LoadError(
        "truncated",
        r.path.to(vmsd, field),
        offset,
        `Field '${field}' of ${vmsd} takes ${size} bytes; the stream has ${left} left at offset ${offset}.`,
      );
    }
    offset += size;
  }
  throw new Error(`The run '${run}' is not truncated.`);
}

export function tooNew(r: ByteReader, vmsd: string, versionId: number, known: number): LoadError {
  return new LoadError(
    "too-new",
    r.path.to(vmsd, ""),
    r.at,
    `${vmsd}: incoming version_id ${versionId} is too new for local version_id ${known}.`,
  );
}

export function tooOld(r: ByteReader, vmsd: string, versionId: number, oldest: number): LoadError {
  return new LoadError(
    "too-old",
    r.path.to(vmsd, ""),
    r.at,
    `${vmsd}: incoming version_id ${versionId} is too old for local minimum version_id ${oldest}.`,
  );
}

/** A count or length that is not from 0 to `max`; nothing of that size has been allocated. */
export function beyondLimit(r: ByteReader, vmsd: string, field: string, offset: number, count: number, max: number): LoadError {
  return new LoadError(
    "limit",
    r.path.to(vmsd, field),
    offset,
    `Field '${field}' of ${vmsd} is to have ${count} elements or bytes; it may have 0 to ${max}.`,
  );
}

export function invalid(r: ByteReader, vmsd: string, field: string, offset: number, rule: string, value: unknown): LoadError {
  return new LoadError(
    "invalid",
    r.path.to(vmsd, field),
    offset,
    `Field '${field}' of ${vmsd} is ${show(value)}; the device accepts only ${rule}.`,
  );
}

export function notEqual(r: ByteReader, vmsd: string, field: string, offset: number, received: unknown, local: unknown): LoadError {
  return new LoadError(
    "not-equal",
    r.path.to(vmsd, field),
    offset,
    `Field '${field}' of ${vmsd} is ${show(received)}; this machine has ${show(local)}.`,
  );
}

export function notWithin(r: ByteReader, vmsd: string, field: string, offset: number, received: number, local: number): LoadError {
  return new LoadError(
    "not-equal",
    r.path.to(vmsd, field),
    offset,
    `Field '${field}' of ${vmsd} is ${received}; this machine accepts 0 to ${local}.`,
  );
}

export function badMarker(r: ByteReader, vmsd: string, field: string, offset: number, found: number): LoadError {
  return new LoadError(
    "bad-marker",
    r.path.to(vmsd, field),
    offset,
    `Field '${field}' of ${vmsd} has the byte ${found} where the marker 48 of a null pointer is due.`,
  );
}

export function treeCount(r: ByteReader, vmsd: string, field: string, offset: number, announced: number, found: number): LoadError {
  return new LoadError(
    "tree-count",
    r.path.to(vmsd, field),
    offset,
    `Tree '${field}' of ${vmsd} announces ${announced} nodes and holds ${found}${found > announced ? " or more" : ""}.`,
  );
}

export function wrongLength(w: ByteWriter, vmsd: string, field: string, length: number, due: number): SaveError {
  return new SaveError(
    "length",
    w.path.to(vmsd, field),
    `Field '${field}' of ${vmsd} has ${length} elements or bytes; the state says ${due}.`,
  );
}

export function aboveLimit(w: ByteWriter, vmsd: string, field: string, count: number, max: number): SaveError {
  return new SaveError(
    "limit",
    w.path.to(vmsd, field),
    `Field '${field}' of ${vmsd} has ${count} elements or bytes; it may have 0 to ${max}.`,
  );
}

export function unsendable(w: ByteWriter, vmsd: string, field: string, rule: string, value: unknown): SaveError {
  return new SaveError("invalid", w.path.to(vmsd, field), `Field '${field}' of ${vmsd} is ${show(value)}; a device accepts only ${rule}.`);
}

export function unlikeLocal(w: ByteWriter, vmsd: string, field: string, value: unknown, local: unknown): SaveError {
  return new SaveError(
    "not-equal",
    w.path.to(vmsd, field),
    `Field '${field}' of ${vmsd} is ${show(value)}; this machine has ${show(local)}.`,
  );
}

export function nullMismatch(w: ByteWriter, vmsd: string, field: string, due: "null" | "not null"): SaveError {
  return new SaveError("bad-marker", w.path.to(vmsd, field), `Pointer '${field}' of ${vmsd} must be ${due} in this state.`);
}

const SHOWN = 80;

function show(value: unknown): string {
  const text = typeof value === "object" ? "this value" : String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
