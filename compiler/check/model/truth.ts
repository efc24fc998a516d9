import { readSection } from "./reader.ts";
import type { ModelVmsd } from "./schema.ts";
import { type Holds, type Wire, writeSection } from "./writer.ts";

/** What becomes of one state that one build saves and another loads. */
export type Truth =
  | { readonly outcome: "ok"; readonly byLuck: boolean; readonly wire: Wire }
  | { readonly outcome: "refused" | "wrong"; readonly wire: Wire; readonly reason: string };

/**
 * Moves one state. It is ok when every value that the loading build took is the one it takes it for, whole and of the same width.
 * Padding read into a field is ok where the saving build does not send that field: it becomes 0 by intent. By luck, when it was
 * the padding of another place, or when padding skips what stands in another place: nothing is wrong with the values, and nobody may
 * rely on it.
 */
export function move(source: ModelVmsd, destination: ModelVmsd, holds: Holds): Truth {
  const wire = writeSection(source, holds);
  const loaded = readSection(destination, source.version, wire.bytes, holds);
  if ("refused" in loaded) return { outcome: "refused", wire, reason: loaded.refused };
  let byLuck = false;
  for (const { key, id, padding, offset, size } of loaded.taken) {
    const value = wire.values.get(offset);
    if (value?.key === key && value.size === size) continue;
    const bytes = Array.from({ length: size }, (_, at) => offset + at);
    if (padding || (!wire.sent.has(id) && bytes.every((at) => wire.padding.has(at)))) {
      byLuck ||= bytes.some((at) => wire.owners[at] !== id);
      continue;
    }
    const found = value === undefined ? "other bytes" : `${value.size} bytes of #${value.key}`;
    return { outcome: "wrong", wire, reason: `#${key} (${size} bytes) at offset ${offset} gets ${found}` };
  }
  return { outcome: "ok", byLuck, wire };
}

/** Conditions that either build asks, without their "!". */
export function conditionsOf(...vmsds: readonly ModelVmsd[]): string[] {
  const names = new Set<string>();
  const visit = (vmsd: ModelVmsd): void => {
    for (const text of [vmsd.needed, ...vmsd.fields.map(({ condition }) => condition)])
      if (text !== undefined) names.add(text.replace("!", ""));
    for (const field of vmsd.fields) if (field.vmsd !== undefined) visit(field.vmsd);
    for (const subsection of vmsd.subsections) visit(subsection);
  };
  for (const vmsd of vmsds) visit(vmsd);
  return [...names].sort();
}

/** Every combination of truth values when there are at most 64, else 64 of them drawn by `draw`. */
export function statesOf(conditions: readonly string[], draw: (below: number) => number): ReadonlyMap<string, boolean>[] {
  const all = conditions.length <= 6;
  return Array.from({ length: all ? 2 ** conditions.length : 64 }, (_, index) => {
    const bit = (at: number): boolean => (all ? (index >> at) & 1 : draw(2)) === 1;
    return new Map(conditions.map((name, at) => [name, bit(at)]));
  });
}

export function holdsIn(state: ReadonlyMap<string, boolean>): Holds {
  return (condition) => (condition.startsWith("!") ? !state.get(condition.slice(1)) : state.get(condition) === true);
}
