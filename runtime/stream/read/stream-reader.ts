import { Expected } from "../description/expected.ts";
import type { Description } from "../description/layout.ts";
import { MAGIC, PAGE_SIZE, STREAM_VERSION, TYPE } from "../format.ts";
import { MULTIFD_MAGIC } from "../multifd.ts";
import type { SectionCodec } from "../section-codec.ts";
import { LONGEST_DESCRIPTION } from "../trailer.ts";
import type { Window } from "../window.ts";
import { readCommand } from "./command.ts";
import { readConfiguration } from "./configuration.ts";
import { type Context, type Known, type ReadBody, report, type Sink } from "./context.ts";
import { continuedSection } from "./continued.ts";
import { checkUnfound } from "./description.ts";
import { readBitmapChunk } from "./dirty-bitmap.ts";
import { readDisk } from "./disk.ts";
import { multifdChannel } from "./multifd.ts";
import { readOpaque } from "./opaque.ts";
import { readRam } from "./ram.ts";
import { know, readFooter, readFull, readHead } from "./section.ts";
import { type ReadWire, WIRES, type Wire } from "./wires.ts";

export interface ReaderOptions {
  /** Whether payloads of pages are handed out; otherwise they are passed over. */
  readonly payloads: boolean;
  /** What was found at the stream's end, when that could be read before its beginning; no description when it could not be read. */
  readonly found?: { readonly description: Description | undefined } | undefined;
  /** True when the end was read: then there is none but that. */
  readonly isDescriptionSought: boolean;
  /** Goes before the description. */
  readonly codec?: SectionCodec | undefined;
  /** Defaults to 4096; the configuration section goes before. */
  readonly pageSize?: number | undefined;
  /** Which other connection of a migration it is, where that cannot be told by how it begins. */
  readonly as?: Wire | undefined;
}

/** Formats of sections that are sent in parts, by name. */
const BODIES: ReadonlyMap<string, ReadBody> = new Map([
  ["ram", readRam],
  ["dirty-bitmap", readBitmapChunk],
  ["block", readDisk],
]);

type Phase =
  | { readonly in: "header" | "configuration" | "items" | "trailer" | "rest" }
  | { readonly in: "wire"; readonly read: ReadWire }
  | { readonly in: "body" | "footer"; readonly section: Known };

/**
 * Reads a stream from a window, item by item. `step` reads the next and is false behind the last; MORE thrown from it asks for bytes, after
 * which it is called again. Everything that is wrong ends as a problem, or, where reading cannot go on, as a StreamError.
 */
export class StreamReader {
  readonly #c: Context;
  /** True when it was said already why the rest is not read. */
  #isRestKnown = false;
  #phase: Phase = { in: "header" };

  constructor(window: Window, sink: Sink, { payloads, found, isDescriptionSought, codec, pageSize = PAGE_SIZE, as }: ReaderOptions) {
    const description = found?.description;
    const record = { kind: "zero" as const, at: 0, bytes: 0, block: "", named: false, offset: 0, pageSize, from: 0, to: 0, mark: 0 };
    this.#c = {
      window,
      sink,
      payloads,
      expected: description && new Expected(description),
      isDescriptionSought,
      codec,
      isDescriptionFound: found !== undefined,
      pageSize: description?.pageSize ?? pageSize,
      capabilities: new Set(),
      sections: new Map(),
      count: 0,
      footers: undefined,
      ram: { blocks: new Map(), current: undefined, unlisted: 0, mapped: undefined, record },
      packageEnd: undefined,
      isContinued: as === "preempt" || as === "recovery",
      hugePages: undefined,
    };
    if (as !== undefined) this.#phase = as === "recovery" ? { in: "items" } : { in: "wire", read: WIRES[as]() };
  }

  step(): boolean {
    switch (this.#phase.in) {
      case "header":
        this.#header();
        return true;
      case "configuration":
        if (this.#c.window.peek() === TYPE.configuration) readConfiguration(this.#c);
        this.#phase = { in: "items" };
        return true;
      case "items":
        this.#item();
        return true;
      case "body":
        this.#body(this.#phase.section);
        return true;
      case "footer":
        readFooter(this.#c, this.#phase.section.id, this.#phase.section.name);
        this.#phase = { in: "items" };
        return true;
      case "trailer":
        this.#trailer();
        return true;
      case "wire":
        if (!this.#phase.read(this.#c)) this.#phase = { in: "rest" };
        return true;
      case "rest":
        return this.#rest();
    }
  }

  /** From here on, that is from the start of the item that could not be read, there are only bytes. */
  giveUp(): void {
    this.#c.window.rewind();
    this.#isRestKnown = true;
    this.#phase = { in: "rest" };
  }

  #header(): void {
    const { window, sink } = this.#c;
    const at = window.offset;
    const magic = window.be32();
    if (magic === MULTIFD_MAGIC) {
      window.rewind();
      this.#phase = { in: "wire", read: multifdChannel() };
      return;
    }
    if (magic !== MAGIC) window.fail("not-a-stream", at, "This is no migration stream: it does not begin with QEVM.");
    const version = window.be32();
    if (version !== STREAM_VERSION)
      window.fail("not-a-stream", at + 4, `The stream has version ${version}; ${STREAM_VERSION} is the only one in use.`);
    sink.item({ item: "header", at, bytes: 8, version });
    window.commit();
    this.#phase = { in: "configuration" };
  }

  #item(): void {
    const c = this.#c;
    const { window } = c;
    this.#leavePackage();
    const at = window.offset;
    const type = window.peek();
    switch (type) {
      case TYPE.full:
        this.#phase = { in: "footer", section: readFull(c) };
        return;
      case TYPE.start: {
        const head = readHead(c);
        know(c, head);
        c.sink.item({ item: "start", ...head, bytes: window.offset - at });
        this.#enter(head);
        return;
      }
      case TYPE.part:
      case TYPE.end: {
        window.u8();
        const id = window.be32();
        const section = c.sections.get(id) ?? (c.isContinued ? continuedSection(c, id) : undefined);
        if (section === undefined) window.fail("unknown-section", at + 1, `A part belongs to the section ${id}, which was never begun.`);
        c.sink.item({ item: type === TYPE.part ? "part" : "end", at, bytes: 5, id });
        this.#enter(section as Known);
        return;
      }
      case TYPE.command:
        readCommand(c);
        return;
      case TYPE.eof:
        window.u8();
        c.sink.item({ item: "eof", at, bytes: 1 });
        window.commit();
        this.#phase = { in: "trailer" };
        return;
      case undefined:
        window.fail("truncated", at, "The stream ends here, before its end was announced.");
        break;
      default:
        window.fail("unknown-type", at, `A section of type 0x${type.toString(16)} is expected to begin here, which does not exist.`);
    }
  }

  #enter(section: Known): void {
    this.#c.window.commit();
    this.#phase = { in: "body", section };
  }

  #leavePackage(): void {
    const c = this.#c;
    if (c.packageEnd === undefined || c.window.offset < c.packageEnd) return;
    if (c.window.offset > c.packageEnd)
      report(c, "bad-length", c.packageEnd, "command/packaged", "What the package holds goes on behind its end.");
    c.packageEnd = undefined;
  }

  #body(section: Known): void {
    const c = this.#c;
    const read = BODIES.get(section.name);
    c.window.path = section.name;
    const ended = read === undefined ? readOpaque(c, section.id) : read(c);
    c.window.path = "";
    if (ended) this.#phase = { in: "footer", section };
  }

  #trailer(): void {
    const { window, sink } = this.#c;
    const at = window.offset;
    const type = window.peek();
    if (type !== TYPE.description) {
      this.#phase = { in: "rest" };
      return;
    }
    window.path = "description";
    window.u8();
    const length = window.be32();
    if (length > LONGEST_DESCRIPTION)
      window.fail("limit", at + 1, `The description has ${length} bytes, more than the limit of ${LONGEST_DESCRIPTION}.`);
    const text = window.take(length);
    checkUnfound(this.#c, text, window.offset - length);
    sink.item({ item: "description", at, bytes: window.offset - at, text });
    for (const { at, name, instance } of this.#c.expected?.left ?? [])
      report(this.#c, "not-sent", at, name, `The section ${JSON.stringify(name)} of instance ${instance} is described, but was not sent.`);
    window.path = "";
    window.commit();
    this.#phase = { in: "rest" };
  }

  #rest(): boolean {
    const { window, sink } = this.#c;
    if (window.peek() === undefined) return false;
    const at = window.offset;
    if (!this.#isRestKnown) report(this.#c, "trailing-bytes", at, "", "The stream goes on behind its end.");
    this.#isRestKnown = true;
    const data = window.take(window.left);
    sink.item({ item: "rest", at, bytes: data.length, data });
    window.commit();
    return true;
  }
}
