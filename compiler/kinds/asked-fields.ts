import type { VmsdIr } from "../ir.ts";

/** Keys of the fields that any expression of a vmsd asks for, in predicates, counts, or anywhere else. */
export function askedFields(vmsd: VmsdIr): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("op" in value && value.op === "field" && "key" in value) found.add(String(value.key));
    for (const each of Object.values(value)) walk(each);
  };
  walk([vmsd.fields, vmsd.subsections]);
  return found;
}
