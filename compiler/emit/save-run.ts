import { block, type Code, code, raw } from "../code/code.ts";
import { mentions } from "../code/reads.ts";
import type { FieldIr } from "../ir.ts";
import { place } from "../kinds/body/place.ts";
import type { SaveBody } from "../kinds/body/save-body.ts";
import { type Group, groupOf } from "../kinds/body/shape.ts";
import { pageable } from "../kinds/elements.ts";
import { kindOf, sizeOf } from "../kinds/index.ts";
import { type At, HERE } from "../kinds/kind.ts";

/** From so many scalars on a run is written through the page: half the machine code, and no bounds checks. Its copy costs some 30 ns. */
const PAGED = 40;
const PAGE = 8192;
/** Bytes in one field from which on they are better copied once. */
const LONG = 128;

/** Statements that write fields of fixed length one behind the other. */
export function saveRun(run: readonly FieldIr[], body: SaveBody): readonly Code[] {
  const sizeIn = (fields: readonly FieldIr[]): number =>
    fields.reduce((sum, { kind }) => sum + (sizeOf(kind, body.module.program) ?? 0), 0);
  const size = sizeIn(run);
  // What takes no bytes may still be of a length that it must not have.
  if (size === 0) return writesOf(run, HERE, body).flatMap(({ statements }) => statements);
  const out: Code[] = [body.room(size)];
  let offset = 0;
  for (const part of partsOf(run, body)) {
    const length = sizeIn(part);
    const leaves = part.reduce((sum, { kind }) => sum + pageable(kind, body.module), 0);
    const to = { ...HERE, offset };
    out.push(
      ...(leaves >= PAGED && length <= PAGE
        ? throughPage(part, length, to, body)
        : writesOf(part, to, body).flatMap(({ statements }) => statements)),
    );
    offset += length;
  }
  return [...out, code`o += ${size};`];
}

/** Long bytes stand alone. */
function partsOf(run: readonly FieldIr[], body: SaveBody): readonly (readonly FieldIr[])[] {
  const parts: FieldIr[][] = [];
  let open = false;
  for (const field of run) {
    const alone = pageable(field.kind, body.module) === 0 && (sizeOf(field.kind, body.module.program) ?? 0) >= LONG;
    if (open && !alone) parts.at(-1)?.push(field);
    else parts.push([field]);
    open = !alone;
  }
  return parts;
}

function throughPage(part: readonly FieldIr[], length: number, to: At, body: SaveBody): readonly Code[] {
  body.module.needsRun(length);
  const writes = writesOf(part, { view: "PAGE", bytes: "PAGE_BYTES", base: "", offset: 0 }, body);
  const copy = code`b.set(${raw(`PAGE_${length}`)}, ${place(to)});`;
  if (body.shape.form !== "groups") return [...writes.flatMap(({ statements }) => statements), copy];
  const calls: Code[] = [];
  for (let at = 0; at < writes.length; ) {
    const group = writes[at]?.group;
    const next = writes.findIndex((each, index) => index > at && each.group !== undefined && each.group !== group);
    const end = next < 0 ? writes.length : next;
    calls.push(
      apart(
        writes.slice(at, end).flatMap(({ statements }) => statements),
        body,
      ),
    );
    at = end;
  }
  return [...calls, copy];
}

interface Write {
  /** Undefined for padding, and where the state has no groups. */
  readonly group: Group | undefined;
  readonly statements: readonly Code[];
}

function writesOf(fields: readonly FieldIr[], from: At, body: SaveBody): readonly Write[] {
  let at = from;
  return fields.map((field) => {
    body.field = field.name;
    const statements = kindOf(field.kind).fixed?.write(field.kind, body.value(field.key), at, body) ?? [];
    at = { ...at, offset: at.offset + (sizeOf(field.kind, body.module.program) ?? 0) };
    return { group: groupOf(body.shape, field.key), statements };
  });
}

/** Statements in a function of their own. */
function apart(statements: readonly Code[], body: SaveBody): Code {
  const groups = body.shape.form === "groups" ? body.shape.groups.map(({ name, type }): [string, string] => [name, type]) : [];
  const used = [...groups, ["w", "ByteWriter"] as const].filter(([name]) => mentions(statements, name));
  const parameters = raw(used.map(([name, type]) => `${name}: ${type}`).join(", "));
  const name = body.module.aside("writeGroup", (name) => block(code`function ${name}(${parameters}): void`, statements));
  return code`${name}(${raw(used.map(([name]) => name).join(", "))});`;
}
