import type { VmsdIr } from "../ir.ts";
import { viewOf } from "../kinds/index.ts";
import type { JsonSchema, Program } from "../kinds/kind.ts";
import { nestedIn } from "../kinds/nested-in.ts";
import { stateFields } from "../kinds/vmsd-fields.ts";

/** The JSON Schema (draft-07) of a vmsd's state in its JSON form; `fromJson` of its view accepts exactly what this does. */
export function emitJsonSchema(vmsd: VmsdIr, program: Program): JsonSchema {
  const within = [...vmsdsWithin(vmsd, program)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: vmsd.name,
    ...stateSchema(vmsd),
    ...(within.length > 0 ? { definitions: Object.fromEntries(within.map(([id, inner]) => [id, stateSchema(inner)])) } : {}),
  };
}

function stateSchema(vmsd: VmsdIr): JsonSchema {
  const fields = stateFields(vmsd);
  return {
    type: "object",
    required: fields.map(({ key }) => key),
    additionalProperties: false,
    properties: Object.fromEntries(fields.map(({ key, kind }) => [key, viewOf(kind).schema(kind)])),
  };
}

function vmsdsWithin(vmsd: VmsdIr, program: Program, found = new Map<string, VmsdIr>()): ReadonlyMap<string, VmsdIr> {
  for (const id of stateFields(vmsd).flatMap(({ kind }) => nestedIn(kind))) {
    if (found.has(id)) continue;
    const inner = program.vmsd(id);
    found.set(id, inner);
    vmsdsWithin(inner, program, found);
  }
  return found;
}
