import type { Position } from "./input-error.ts";
import { type Cursor, findChild, occurrences, skipSpace, skipValue } from "./json-index.ts";
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
  readonly #starts = new Map<string, number>();
  readonly #cursors = new Map<string, Cursor>();
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
    const start = this.#startOf(pointer);
    if (start === undefined) return undefined;
    return { pointer, ...this.positionAt(start), end: skipValue(this.text, start, this.#isPlain()) };
  }

  /** Only what lies before the value in its own containers is scanned, and the containers' starts are kept. */
  #startOf(pointer: string): number | undefined {
    const known = this.#starts.get(pointer);
    if (known !== undefined) return known;
    const start = pointer === "" ? skipSpace(this.text, 0) : (this.#sectionStart(pointer) ?? this.#childStart(pointer));
    if (start !== undefined) this.#starts.set(pointer, start);
    return start;
  }

  /** In a plain dump a section's key with its colon stands nowhere else: the engine's own search finds it without a scan. */
  #sectionStart(pointer: string): number | undefined {
    if (!this.plainDump || !/^\/[\w.-]+$/.test(pointer) || INNER_KEYS.has(pointer.slice(1))) return undefined;
    const at = this.text.indexOf(`"${pointer.slice(1)}":`);
    return at < 0 ? undefined : skipSpace(this.text, at + pointer.length + 2);
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
    const found = findChild(this.text, container, segment, this.#isPlain(), near);
    if (found !== undefined && this.text.charAt(container) === "[") this.#cursors.set(parent, found);
    return found?.at;
  }

  /** With as many braces as objects no string holds one, as in all real metadata. */
  #isPlain(): boolean {
    this.#plain ??= occurrences(this.text, "{") === this.objects && occurrences(this.text, "}") === this.objects;
    return this.#plain;
  }
}

/** The keys that a plain dump has below its sections; a section of such a name is searched for like anything else. */
const INNER_KEYS = new Set("Name name version_id minimum_version_id Description Fields Subsections field field_exists num size".split(" "));

/** One segment of a JSON Pointer, RFC 6901. */
export function pointerSegment(key: string): string {
  return key.includes("~") || key.includes("/") ? `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}` : `/${key}`;
}
