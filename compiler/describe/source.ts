import type { Position } from "./input-error.ts";
import { type Cursor, findChild, membersAt, type Span, skipSpace, skipValue } from "./json-index.ts";
import { LineCounter } from "./line-counter.ts";
import { areStringsPlain } from "./scan-text.ts";
import { sectionsAt } from "./sections-at.ts";

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
  /** Known to be ASCII; false says nothing. */
  readonly isAscii: boolean;
  /** Set once isPlainDump has accepted the text. */
  isPlainDump = false;
  readonly #lines: LineCounter;
  #members: Map<string, Span> | undefined;
  #sections: Map<string, Span> | "none" | undefined;
  readonly #starts = new Map<string, number>();
  readonly #cursors = new Map<string, Cursor>();
  readonly #plain = new Map<string, boolean>();

  constructor(path: string, text: string, bytes: number, sha256: () => string, isAscii = false) {
    this.path = path;
    this.text = text;
    this.bytes = bytes;
    this.sha256 = sha256;
    this.isAscii = isAscii;
    this.#lines = new LineCounter(text, isAscii);
  }

  /** Where sections are if this is a plain dump; of any other text it says nothing. */
  get sections(): Map<string, Span> | undefined {
    this.#sections ??= sectionsAt(this.text) ?? "none";
    return this.#sections === "none" ? undefined : this.#sections;
  }

  positionAt(offset: number): Position {
    return this.#lines.positionAt(offset);
  }

  /** The value that a JSON Pointer names, or undefined when the text has none there. */
  locate(pointer: string): Location | undefined {
    const start = this.startOf(pointer);
    return start === undefined ? undefined : { pointer, ...start, end: skipValue(this.text, start.offset, this.#isPlain(pointer)) };
  }

  /** Where that value begins; found sooner than its end. */
  startOf(pointer: string): Position | undefined {
    const start = this.#startOf(pointer);
    return start === undefined ? undefined : this.positionAt(start);
  }

  /** Only what lies before the value in its own containers is scanned, and the containers' starts are kept. */
  #startOf(pointer: string): number | undefined {
    const known = this.#starts.get(pointer);
    if (known !== undefined) return known;
    const start =
      pointer === ""
        ? skipSpace(this.text, 0)
        : ((pointer.indexOf("/", 1) < 0 ? this.#section(pointer)?.start : undefined) ?? this.#childStart(pointer));
    if (start !== undefined) this.#starts.set(pointer, start);
    return start;
  }

  /** A section, that is a member of the whole: all of them are listed once. */
  #section(pointer: string): Span | undefined {
    this.#members ??= (this.isPlainDump ? this.sections : undefined) ?? membersAt(this.text, skipSpace(this.text, 0), this.#isPlain(""));
    return this.#members.get(unescaped(pointer.slice(1)));
  }

  #childStart(pointer: string): number | undefined {
    const slash = pointer.lastIndexOf("/");
    const parent = pointer.slice(0, slash);
    const container = this.#startOf(parent);
    if (container === undefined) return undefined;
    const segment = pointer
      .slice(slash + 1)
      .replaceAll("~1", "/")
      .replaceAll("~0", "~");
    // Neighbours in a long list are found from each other.
    const cursor = this.#cursors.get(parent);
    const near = cursor !== undefined && cursor.index <= Number(segment) ? cursor : undefined;
    const found = findChild(this.text, container, segment, this.#isPlain(pointer), near);
    if (found !== undefined && this.text.charAt(container) === "[") this.#cursors.set(parent, found);
    return found?.at;
  }

  /** Of the section that the pointer leads into, or of the whole text. */
  #isPlain(pointer: string): boolean {
    const slash = pointer.indexOf("/", 1);
    const section = slash < 0 ? pointer : pointer.slice(0, slash);
    let plain = this.#plain.get(section);
    if (plain === undefined) {
      const span = section === "" ? undefined : this.#section(section);
      plain = areStringsPlain(span === undefined ? this.text : this.text.slice(span.start, span.end));
      this.#plain.set(section, plain);
    }
    return plain;
  }
}

/** One segment of a JSON Pointer, RFC 6901. */
export function pointerSegment(key: string): string {
  return key.includes("~") || key.includes("/") ? `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}` : `/${key}`;
}

function unescaped(segment: string): string {
  return segment.includes("~") ? segment.replaceAll("~1", "/").replaceAll("~0", "~") : segment;
}
