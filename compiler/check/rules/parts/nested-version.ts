import type { FieldPair } from "../../pair.ts";

/** True when a one-sided field came with a version of a nested struct: that version is not on the wire, so it guards nothing. */
export function behindNestedVersion({ frame, from, to }: FieldPair): boolean {
  const guard = (from[0] ?? to[0])?.field.version_id ?? 0;
  return frame.kind === "struct" && frame.fromVersion !== frame.toVersion && guard > Math.min(frame.fromVersion, frame.toVersion);
}
