import { type Position, parseJson, Source } from "../../describe/index.ts";

/** A parsed side file that knows where its values and keys stand. */
export interface Document {
  readonly path: string;
  readonly value: unknown;
  /** Where the value of a JSON Pointer begins; undefined when the file has none there. */
  readonly valueAt: (pointer: string) => Position | undefined;
  /** Where the key that a JSON Pointer ends with stands. */
  readonly keyAt: (pointer: string) => Position | undefined;
}

/** Reads strict JSON. Throws InputError with the position of the fault. */
export function jsonDocument(text: string, path: string): Document {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const source = new Source(path, bare, Buffer.byteLength(bare), () => "");
  return {
    path,
    value: parseJson(source).value,
    valueAt: (pointer) => source.locate(pointer),
    keyAt: (pointer) => {
      const value = source.locate(pointer);
      if (value === undefined) return undefined;
      // The key is the nearest of its text before the value. One that is written with escapes is not found; the value is near enough.
      const at = bare.lastIndexOf(JSON.stringify(lastSegment(pointer)), value.offset);
      return at < 0 ? value : source.positionAt(at);
    },
  };
}

/** The keys and indexes of a JSON Pointer. */
export function segmentsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function lastSegment(pointer: string): string {
  return segmentsOf(pointer).at(-1) ?? "";
}
