import type { Metadata } from "../../describe/index.ts";
import { segmentsOf } from "../policy/document.ts";
import type { Finding } from "../report.ts";

/** What one build calls the place of a finding. Where the build lacks a field, only its description has a name. */
export interface SideNames {
  readonly type: string;
  /** Innermost description; of the section itself when the finding is about no field. */
  readonly description: string | undefined;
  readonly field: string | undefined;
  /** Pointer of the description, which tells whether two findings are about one list of fields. */
  readonly pointer: string;
}

/** The names on the side to which the finding points; undefined when it points nowhere there. */
export function namesOn(side: "old" | "new", finding: Finding, metadata: Metadata): SideNames | undefined {
  const pointer = finding[side]?.pointer;
  if (pointer === undefined) return undefined;
  const [type = "", ...segments] = segmentsOf(pointer);
  let at: unknown = metadata.sections.get(type);
  let description = nameOf(get(at, "Description"));
  let holder = `/${type}`;
  let passed = holder;
  for (const segment of segments) {
    at = get(at, segment);
    passed += `/${segment}`;
    const name = nameOf(at);
    if (name === undefined) continue;
    description = name;
    holder = passed;
  }
  const field = get(at, "field");
  return { type, description, field: typeof field === "string" ? field : undefined, pointer: holder };
}

function nameOf(vmsd: unknown): string | undefined {
  const name = get(vmsd, "name");
  return typeof name === "string" ? name : undefined;
}

function get(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
