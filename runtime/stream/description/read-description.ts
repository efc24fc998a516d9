import { StreamError } from "../errors.ts";
import { isPageSize, PAGE_SIZE } from "../format.ts";
import { isMembers, type Json, type Members, membersOf, parseMembers } from "./json.ts";
import { type Description, type FieldLayout, type SectionLayout, subsectionHead, type VmsdLayout } from "./layout.ts";
import { parsePlain } from "./plain-json.ts";

/**
 * Reads the description at the end of a stream; `at` is the offset of its text. Sizes are taken as they are: whether they fit the bytes is
 * seen when the bytes are. Throws StreamError.
 */
export function readDescription(text: string, at: number): Description {
  return readPlain(text, at) ?? descriptionOf(parseMembers(text, at), at);
}

/** Undefined for whatever is wrong or not plain: the other reader then says where. */
function readPlain(text: string, at: number): Description | undefined {
  let exact: Description | undefined;
  try {
    const json = parsePlain(text, at);
    if (json === undefined) return undefined;
    const { pageSize, sections } = descriptionOf(json, at);
    const placed = sections.map((section, index) => ({
      ...section,
      // Asked for only when something is wrong.
      get at() {
        exact ??= descriptionOf(parseMembers(text, at), at);
        return exact.sections[index]?.at ?? at;
      },
    }));
    return { pageSize, sections: placed };
  } catch {
    return undefined;
  }
}

function descriptionOf(json: Json, at: number): Description {
  const whole = object(json, "", at);
  const pageSize = whole.get("page_size") === undefined ? PAGE_SIZE : count(whole, "page_size", "");
  if (!isPageSize(pageSize)) return fail(at, "", `has pages of ${pageSize} bytes, which do not exist`);
  const devices = list(whole, "devices", "");
  return { pageSize, sections: devices.map((each, index) => section(object(each, `devices[${index}]`, at))) };
}

function section(device: Members): SectionLayout {
  const name = text(device, "name", "");
  const head = { at: device.at, name, instance: count(device, "instance_id", name) };
  if (device.get("vmsd_name") === undefined) return { ...head, size: count(device, "size", name) };
  const layout = vmsd(device, name);
  return { ...head, vmsd: layout, size: layout.size };
}

function vmsd(body: Members, path: string): VmsdLayout {
  const fields = list(body, "fields", path).map((each) => field(object(each, path, body.at), path));
  const listed = body.get("subsections") === undefined ? [] : list(body, "subsections", path);
  const subsections = listed.map((each) => vmsd(object(each, path, body.at), path));
  return {
    vmsd: text(body, "vmsd_name", path),
    version: count(body, "version", path),
    fields,
    subsections,
    size:
      fields.reduce((sum, each) => sum + each.size * each.count, 0) +
      subsections.reduce((sum, each) => sum + subsectionHead(each.vmsd) + each.size, 0),
  };
}

function field(body: Members, path: string): FieldLayout {
  const name = text(body, "name", path);
  const where = `${path}/${name}`;
  const struct = body.get("struct");
  const isArray = body.get("array_len") !== undefined;
  return {
    name,
    ...(body.get("index") === undefined ? {} : { index: count(body, "index", where) }),
    type: text(body, "type", where),
    count: isArray ? count(body, "array_len", where) : 1,
    isArray,
    size: count(body, "size", where),
    inner: struct === undefined ? inPlace(body, where) : ofStruct(object(struct, where, body.at), where),
  };
}

/** QEMU 5.2 and 7.2 print a null pointer as a struct of nothing. */
function ofStruct(struct: Members, path: string): readonly VmsdLayout[] {
  return struct.get("vmsd_name") === undefined && struct.list.length === 0 ? [] : [vmsd(struct, path)];
}

/** Of lists, temporary structs and versioned ones the inner vmsd stands within the field itself, once for each element. */
function inPlace(field: Members, path: string): readonly VmsdLayout[] {
  if (field.get("vmsd_name") === undefined) return [];
  const { list, at } = field;
  const starts = list.flatMap(([key], index) => (key === "vmsd_name" ? [index] : []));
  return starts.map((start, nth) => vmsd(membersOf(list.slice(start, starts[nth + 1]), at), path));
}

function object(json: Json | undefined, path: string, at: number): Members {
  return isMembers(json) ? json : fail(at, path, "has something else where an object is expected");
}

function list(body: Members, key: string, path: string): readonly Json[] {
  const json = body.get(key);
  return isList(json) ? json : fail(body.at, path, `has no list '${key}'`);
}

/** Names on the wire are no longer. */
const NAME = /^[\x20-\xff]{0,255}$/;

function text(body: Members, key: string, path: string): string {
  const json = body.get(key);
  return typeof json === "string" && NAME.test(json) ? json : fail(body.at, path, `has no text '${key}' of at most 255 characters`);
}

function count(body: Members, key: string, path: string): number {
  const json = body.get(key);
  return isCount(json) ? json : fail(body.at, path, `has no count '${key}' below 2^32`);
}

function fail(at: number, path: string, what: string): never {
  throw new StreamError("bad-description", at, path === "" ? "description" : path, `The description${path && ` of ${path}`} ${what}.`);
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function isCount(json: Json | undefined): json is number {
  return typeof json === "number" && Number.isInteger(json) && json >= 0 && json < 2 ** 32;
}
