import { isMembers, type Json, type Members, membersOf } from "../description/json.ts";
import { subsectionHead } from "../description/layout.ts";
import type { FieldNode, SectionState, SubsectionNode, VmsdNode } from "../state.ts";

type Body = Pick<VmsdNode, "fields" | "subsections">;

/** A state without the subsections of some names; `dropped` takes each name that was there. */
export function dropFromState(state: SectionState, names: ReadonlySet<string>, dropped: Set<string>): SectionState {
  const kept = <T extends Body>(body: T): T => ({
    ...body,
    fields: body.fields.map(field),
    subsections: body.subsections.flatMap(subsection),
  });
  const subsection = (each: SubsectionNode): SubsectionNode[] => {
    if (!names.has(each.vmsd)) return [kept(each)];
    dropped.add(each.vmsd);
    return [];
  };
  const field = (node: FieldNode): FieldNode => {
    if (node.elements !== undefined) return { ...node, elements: node.elements.map(kept) };
    if (node.struct === undefined) return node;
    return { ...node, struct: Array.isArray(node.struct) ? node.struct.map(kept) : kept(node.struct as VmsdNode) };
  };
  return kept(state);
}

/** The same for a vmsd's members in a description; a struct's size is less by what it held of them. */
export function dropFromLayout(vmsd: Members, names: ReadonlySet<string>): Members {
  return dropFromBody(vmsd, names).json;
}

interface Dropped {
  readonly json: Members;
  readonly bytes: number;
}

/** Also of a field in which a vmsd's members stand themselves, as often as it has elements. */
function dropFromBody(body: Members, names: ReadonlySet<string>): Dropped {
  let bytes = 0;
  const list = body.list.flatMap(([key, value]): [string, Json][] => {
    if (key === "fields" && Array.isArray(value)) {
      const fields = (value as readonly Json[]).map((each) => dropFromField(each, names));
      bytes += fields.reduce((sum, each) => sum + each.bytes, 0);
      return [[key, fields.map(({ json }) => json)]];
    }
    if (key !== "subsections" || !Array.isArray(value)) return [[key, value]];
    const kept: Json[] = [];
    for (const each of value as readonly Json[]) {
      const isDropped = isMembers(each) && names.has(String(each.get("vmsd_name")));
      if (isDropped) bytes += sizeOf(each);
      else if (isMembers(each)) {
        const inner = dropFromBody(each, names);
        bytes += inner.bytes;
        kept.push(inner.json);
      }
    }
    return kept.length === 0 ? [] : [[key, kept]];
  });
  return { json: membersOf(list), bytes };
}

function dropFromField(field: Json, names: ReadonlySet<string>): { readonly json: Json; readonly bytes: number } {
  if (!isMembers(field)) return { json: field, bytes: 0 };
  const struct = field.get("struct");
  const own = dropFromBody(field, names);
  const inner = isMembers(struct) ? dropFromBody(struct, names) : undefined;
  const bytes = own.bytes + (inner?.bytes ?? 0);
  if (bytes === 0) return { json: field, bytes };
  const list = own.json.list.map(([key, value]): [string, Json] => {
    if (key === "size" && typeof value === "number") return [key, value - bytes];
    return key === "struct" && inner !== undefined ? [key, inner.json] : [key, value];
  });
  // What a struct lost, its array lost as often as it has elements.
  return { json: membersOf(list), bytes: bytes * countOf(field) };
}

function sizeOf(subsection: Members): number {
  return subsectionHead(String(subsection.get("vmsd_name"))) + bodySize(subsection);
}

function bodySize(body: Members): number {
  let bytes = 0;
  for (const each of listOf(body.get("fields"))) if (isMembers(each)) bytes += Number(each.get("size") ?? 0) * countOf(each);
  for (const each of listOf(body.get("subsections"))) if (isMembers(each)) bytes += sizeOf(each);
  return bytes;
}

function countOf(field: Members): number {
  return Number(field.get("array_len") ?? 1);
}

function listOf(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? json : [];
}
