import { StreamError } from "../errors.ts";
import { PAGE_SIZE } from "../format.ts";
import { isMembers, type Json, type Members, membersOf, parseDescription } from "./json.ts";
import { type Description, type FieldLayout, type SectionLayout, subsectionHead, type VmsdLayout } from "./layout.ts";

/**
 * Reads the description at the end of a stream; `at` is the offset of its text. Sizes are taken as they are: whether they fit the bytes is
 * seen when the bytes are. Throws StreamError.
 */
export function readDescription(text: string, at: number): Description {
  const fail = (path: string, message: string): never => {
    throw new StreamError("bad-description", at, path, message);
  };
  const whole = parseDescription(text, at);
  if (!isMembers(whole)) return fail("description", "The description is no object.");
  const pageSize = whole.get("page_size") ?? PAGE_SIZE;
  const devices = whole.get("devices");
  if (!isCount(pageSize) || pageSize === 0) return fail("page_size", "The description's page size is no number of bytes.");
  if (!isList(devices)) return fail("devices", "The description lists no devices.");
  return { pageSize, sections: devices.map((each, index) => section(each, `devices[${index}]`)) };

  function section(json: Json, path: string): SectionLayout {
    const device = object(json, path);
    const name = text_(device.get("name"), path, "name");
    const instance = count(device.get("instance_id"), name, "instance_id");
    if (device.get("vmsd_name") === undefined) return { name, instance, size: count(device.get("size"), name, "size") };
    const layout = vmsd(device, name, 0);
    return { name, instance, vmsd: layout, size: layout.size };
  }

  function vmsd(body: Members, path: string, depth: number): VmsdLayout {
    if (depth > DEEPEST) fail("description", `The description nests vmsds deeper than ${DEEPEST}.`);
    const fields = list(body.get("fields"), path, "fields").map((each) => field(each, path, depth));
    const subsections = list(body.get("subsections") ?? [], path, "subsections").map((each) => vmsd(object(each, path), path, depth + 1));
    return {
      vmsd: text_(body.get("vmsd_name"), path, "vmsd_name"),
      version: count(body.get("version"), path, "version"),
      fields,
      subsections,
      size:
        fields.reduce((sum, each) => sum + each.size * each.count, 0) +
        subsections.reduce((sum, each) => sum + subsectionHead(each.vmsd) + each.size, 0),
    };
  }

  function field(json: Json, path: string, depth: number): FieldLayout {
    const body = object(json, path);
    const name = text_(body.get("name"), path, "a field's name");
    const where = `${path}/${name}`;
    const struct = body.get("struct");
    const [index, length] = [body.get("index"), body.get("array_len")];
    return {
      name,
      ...(index === undefined ? {} : { index: count(index, where, "index") }),
      type: text_(body.get("type"), where, "type"),
      count: length === undefined ? 1 : count(length, where, "array_len"),
      isArray: length !== undefined,
      size: count(body.get("size"), where, "size"),
      inner: struct === undefined ? inPlace(body, where, depth) : ofStruct(object(struct, where), where, depth),
    };
  }

  /** QEMU 5.2 and 7.2 print a null pointer as a struct of nothing. */
  function ofStruct(struct: Members, path: string, depth: number): readonly VmsdLayout[] {
    return struct.get("vmsd_name") === undefined && struct.list.length === 0 ? [] : [vmsd(struct, path, depth + 1)];
  }

  /** Of lists, temporary structs and versioned ones the inner vmsd stands within the field itself, once for each element. */
  function inPlace(field: Members, path: string, depth: number): readonly VmsdLayout[] {
    if (field.get("vmsd_name") === undefined) return [];
    const starts = field.list.flatMap(([key], at) => (key === "vmsd_name" ? [at] : []));
    return starts.map((start, nth) => vmsd(membersOf(field.list.slice(start, starts[nth + 1])), path, depth + 1));
  }

  function object(json: Json | undefined, path: string): Members {
    return isMembers(json) ? json : fail(path, `The description has no object where ${path} says what it holds.`);
  }

  function list(json: Json | undefined, path: string, key: string): readonly Json[] {
    return isList(json) ? json : fail(path, `The description of ${path} has no list '${key}'.`);
  }

  function text_(json: Json | undefined, path: string, key: string): string {
    return typeof json === "string" ? json : fail(path, `The description of ${path} lacks ${key}.`);
  }

  function count(json: Json | undefined, path: string, key: string): number {
    return isCount(json) ? json : fail(path, `The description of ${path} has no count '${key}' below 2^32.`);
  }
}

/** Real descriptions nest to about ten. */
const DEEPEST = 100;

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}

function isCount(json: Json | undefined): json is number {
  return typeof json === "number" && Number.isInteger(json) && json >= 0 && json < 2 ** 32;
}
