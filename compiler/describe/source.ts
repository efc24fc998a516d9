import type { Position } from "./input-error.ts";
import { childrenAt, occurrences, type Span, skipSpace, spanAt } from "./json-index.ts";
import { LineCounter } from "./line-counter.ts";

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
  /** Whether the parser found nothing but a dump's own keys. */
  plainDump = false;
  readonly #lines: LineCounter;
  /** Spans of what is right below a container, by the container's pointer. */
  readonly #children = new Map<string, Map<string, Span>>();
  readonly #sections = new Map<string, Span>();
  #plain: boolean | undefined;

  constructor(path: string, text: string, bytes: number, sha256: () => string) {
    this.path = path;
    this.text = text;
    this.bytes = bytes;
    this.sha256 = sha256;
    this.#lines = new LineCounter(text);
  }

  positionAt(offset: number): Position {
    return this.#lines.positionAt(offset);
  }

  /** The value that a JSON Pointer names, or undefined when the text has none there. */
  locate(pointer: string): Location | undefined {
    const span = this.#spanOf(pointer);
    return span === undefined ? undefined : { pointer, ...this.positionAt(span.start), end: span.end };
  }

  /** Only the containers on the way are scanned, and each of them once. */
  #spanOf(pointer: string): Span | undefined {
    if (pointer === "") return { start: skipSpace(this.text, 0), end: this.text.trimEnd().length };
    return this.#sectionSpan(pointer) ?? this.#childSpan(pointer);
  }

  /** In a plain dump a section's key with its colon stands nowhere else: the engine's own search finds it without a scan. */
  #sectionSpan(pointer: string): Span | undefined {
    if (!this.plainDump || !/^\/[\w.-]+$/.test(pointer) || pointer === "/Description") return undefined;
    const known = this.#sections.get(pointer);
    if (known !== undefined) return known;
    const at = this.text.indexOf(`"${pointer.slice(1)}":`);
    if (at < 0) return undefined;
    const span = spanAt(this.text, at + pointer.length + 2, this.#isPlain());
    this.#sections.set(pointer, span);
    return span;
  }

  #childSpan(pointer: string): Span | undefined {
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
