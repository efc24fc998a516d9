import type { Position } from "./input-error.ts";
import { indexJson, indexTop, type Span } from "./json-index.ts";

/** A place in an input, exact on both ends: `text.slice(offset, end)` is the JSON value itself. */
export interface Location extends Position {
  readonly pointer: string;
  readonly end: number;
}

/** The text of an input with lazily built positions; nothing is indexed until a finding asks. */
export class Source {
  readonly path: string;
  readonly text: string;
  readonly bytes: number;
  readonly sha256: () => string;
  /** How many objects the text holds, counted by the parser; positions of a text that was not parsed are only slower. */
  objects = -1;
  #lineStarts: number[] | undefined;
  readonly #spans = new Map<string, Map<string, Span>>();
  #top: Map<string, Span> | undefined;

  constructor(path: string, text: string, bytes: number, sha256: () => string) {
    this.path = path;
    this.text = text;
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  positionAt(offset: number): Position {
    this.#lineStarts ??= lineStarts(this.text);
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1, offset };
  }

  /** The value that a JSON Pointer names, or undefined when the text has none there. */
  locate(pointer: string): Location | undefined {
    const span = this.#spanOf(pointer);
    return span === undefined ? undefined : { pointer, ...this.positionAt(span.start), end: span.end };
  }

  /** One scan finds the sections; a section's inside is scanned only when something in it is reported. */
  #spanOf(pointer: string): Span | undefined {
    if (pointer === "") return { start: 0, end: this.text.length };
    this.#top ??= indexTop(this.text, this.objects);
    const slash = pointer.indexOf("/", 1);
    const head = slash < 0 ? pointer : pointer.slice(0, slash);
    const section = this.#top.get(head);
    if (section === undefined || slash < 0) return section;
    let inside = this.#spans.get(head);
    if (inside === undefined) {
      inside = indexJson(this.text, section.start, Number.POSITIVE_INFINITY);
      this.#spans.set(head, inside);
    }
    return inside.get(pointer.slice(slash));
  }
}

/** One segment of a JSON Pointer, RFC 6901. */
export function pointerSegment(key: string): string {
  return key.includes("~") || key.includes("/") ? `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}` : `/${key}`;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
