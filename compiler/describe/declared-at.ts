import type { Metadata } from "./metadata.ts";

/** A section as it is compared: where its parts are declared says nothing about the wire, and lines of a descriptor move. */
export function withoutPlaces<T>(metadata: Metadata, section: T): T {
  return metadata.origin === "metadata" ? (stripped(section) as T) : section;
}

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([key]) => key !== "at");
  // A value of the state may well have a key of that name.
  return Object.fromEntries(members.map(([key, inner]) => [key, key === "absent" ? inner : stripped(inner)]));
}

/** Where the descriptor declares what a JSON Pointer names, when the metadata says so. */
export function declaredAt({ origin, sections }: Metadata, pointer: string): string | undefined {
  if (origin !== "metadata") return undefined;
  const [section = "", ...keys] = pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
  const named = keys.reduce<unknown>(
    (value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key],
    sections.get(section),
  );
  return (named as { readonly at?: string } | undefined)?.at;
}
