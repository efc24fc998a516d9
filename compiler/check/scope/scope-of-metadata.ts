import type { Metadata } from "../../describe/index.ts";
import type { Scope } from "../compare.ts";
import { newScope } from "./new-scope.ts";

/** The devices of the VM that sent a stream, by the vmsd names of its sections: a stream carries no QOM types. */
export function scopeOfMetadata(metadata: Metadata): Scope {
  return newScope(
    "stream",
    Array.from(metadata.sections.values(), (section) => section.Description?.name ?? section.Name),
  );
}
