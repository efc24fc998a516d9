import { JsonError } from "../../codec/errors.ts";
import { TYPE } from "../format.ts";
import type { Out } from "../out.ts";
import { writeValue } from "./values.ts";

/** A document from outside, of which nothing is trusted. */
type Members = { readonly [key: string]: unknown };

/** Elements of one array and bytes of one value that are taken; a section of more is not real. */
const MOST = 1 << 28;

/** Real states nest to about ten. */
const DEEPEST = 100;

/** Writes the state of a section that readState gave, or someone made like it. `path` names the section. Throws JsonError. */
export function writeState(out: Out, state: Members, path: string, depth = 0): void {
  if (depth > DEEPEST) throw wrong("limit", path, `structs nest deeper than ${DEEPEST}`);
  for (const each of listOf(state.fields, `${path}.fields`)) {
    const field = membersOf(each, path);
    writeField(out, field, `${path}/${typeof field.name === "string" ? field.name : "?"}`, depth);
  }
  for (const each of listOf(state.subsections ?? [], `${path}.subsections`)) {
    const subsection = membersOf(each, path);
    const name = subsection.vmsd;
    if (typeof name !== "string" || name.length > 255) throw wrong("form", path, "a subsection's 'vmsd' is a name of at most 255 bytes");
    out.u8(TYPE.subsection);
    out.name(name);
    out.be32(count(subsection.version, `${path}/${name}`, "version"));
    writeState(out, subsection, `${path}/${name}`, depth + 1);
  }
}

function writeField(out: Out, field: Members, path: string, depth: number): void {
  const { struct, elements } = field;
  if (struct !== undefined) {
    for (const each of Array.isArray(struct) ? struct : [struct]) writeState(out, membersOf(each, path), path, depth + 1);
  } else if (elements !== undefined) {
    for (const each of listOf(elements, path)) {
      out.u8(1);
      writeState(out, membersOf(each, path), path, depth + 1);
    }
    out.u8(0);
  } else writeValues(out, field, path);
}

function writeValues(out: Out, { type, size, value }: Members, path: string): void {
  if (typeof type !== "string") throw wrong("missing", path, "'type' is missing");
  const bytes = count(size, path, "size");
  if (bytes > MOST) throw wrong("limit", path, `'size' is more than ${MOST}`);
  for (const one of Array.isArray(value) ? value : [value]) {
    const room = new Uint8Array(bytes);
    if (!writeValue(type, bytes, new DataView(room.buffer), 0, one))
      throw wrong("form", path, `${show(one)} is no value of kind '${type}' in ${bytes} bytes`);
    out.put(room);
  }
}

function membersOf(json: unknown, path: string): Members {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw wrong("type", path, "an object is expected");
  return json as Members;
}

function listOf(json: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(json)) throw wrong("type", path, "a list is expected");
  return json;
}

function count(json: unknown, path: string, key: string): number {
  if (typeof json !== "number" || !Number.isInteger(json) || json < 0 || json >= 2 ** 32)
    throw wrong("range", path, `'${key}' is a number from 0 to 2^32 - 1`);
  return json;
}

function wrong(code: "type" | "missing" | "form" | "limit" | "range", path: string, what: string): JsonError {
  return new JsonError(code, path, `${path}: ${what}.`);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
