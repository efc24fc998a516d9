import type { Position } from "./input-error.ts";
import { childrenAt, occurrences, type Span, skipSpace } from "./json-index.ts";

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
  readonly #checkpoints: Checkpoint[] = [{ line: 1, lineStart: 0 }];
  /** Spans of what is right below a container, by the container's pointer. */
  readonly #children = new Map<string, Map<string, Span>>();
  #plain: boolean | undefined;

  constructor(path: string, text: string, bytes: number, sha256: () => string) {
    this.path = path;
    this.text = text;
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /** Counts line ends from the nearest place that was asked for before, so that a whole report costs one pass over the text. */
  positionAt(offset: number): Position {
    const known = this.#checkpoints;
    let low = 0;
    let high = known.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((known[middle] as Checkpoint).lineStart <= offset) low = middle;
      else high = middle - 1;
    }
    let { line, lineStart } = known[low] as Checkpoint;
    const from = line;
    for (let end = this.text.indexOf("\n", lineStart); end >= 0 && end < offset; end = this.text.indexOf("\n", lineStart)) {
      line++;
      lineStart = end + 1;
    }
    if (line > from) known.splice(low + 1, 0, { line, lineStart });
    return { line, column: offset - lineStart + 1, offset };
  }

  /** The value that a JSON Pointer names, or undefined when the text has none there. */
  locate(pointer: string): Location | undefined {
    const span = this.#spanOf(pointer);
    return span === undefined ? undefined : { pointer, ...this.positionAt(span.start), end: span.end };
  }

  /** Only the containers on the way are scanned, and each of them once. */
  #spanOf(pointer: string): Span | undefined {
    if (pointer === "") return { start: skipSpace(this.text, 0), end: this.text.trimEnd().length };
    const slash = pointer.lastIndexOf("/");
    const parent = pointer.slice(0, slash);
    let children = this.#children.get(parent);
    if (children === undefined) {
      const span = this.#spanOf(parent);
      if (span === undefined) return undefined;
      children = childrenAt(this.text, span.start, this.#isPlain());
      this.#children.set(parent, children);
    }
    return children.get(
      pointer
        .slice(slash + 1)
        .replaceAll("~1", "/")
        .replaceAll("~0", "~"),
    );
  }

  /** With as many braces as objects no string holds one, as in all real metadata. */
  #isPlain(): boolean {
    this.#plain ??= occurrences(this.text, "{") === this.objects && occurrences(this.text, "}") === this.objects;
    return this.#plain;
  }
}

/** One segment of a JSON Pointer, RFC 6901. */
export function pointerSegment(key: string): string {
  return key.includes("~") || key.includes("/") ? `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}` : `/${key}`;
}

interface Checkpoint {
  readonly line: number;
  readonly lineStart: number;
}
