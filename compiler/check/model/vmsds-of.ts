import type { ModelVmsd } from "./schema.ts";

/** A description, its structs' and its subsections', outermost first. */
export function vmsdsOf(vmsd: ModelVmsd): ModelVmsd[] {
  const structs = vmsd.fields.flatMap((field) => (field.vmsd === undefined ? [] : vmsdsOf(field.vmsd)));
  return [vmsd, ...structs, ...vmsd.subsections.flatMap(vmsdsOf)];
}
