import type { StreamError } from "../errors.ts";
import { TYPE } from "../format.ts";
import type { Window } from "../window.ts";
import { readCommand } from "./command.ts";
import { readConfiguration } from "./configuration.ts";
import { type Context, type Known, type ReadBody, type ReadWire, report, type Sink } from "./context.ts";
import { continuedSection } from "./continued.ts";
import { readBitmapChunk } from "./dirty-bitmap.ts";
import { readDisk } from "./disk.ts";
import { readHeader, readRest, readTrailer } from "./ends.ts";
import { know, readHead } from "./head.ts";
import { MOST_LOST, passLost } from "./lost.ts";
import { multifdChannel } from "./multifd.ts";
import { newContext, type ReaderOptions } from "./new-context.ts";
import { readOpaque } from "./opaque.ts";
import { readRam } from "./ram.ts";
import { readFooter, readFull } from "./section.ts";
import { WIRES } from "./wires.ts";

/** Formats of sections that are sent in parts, by name. */
const BODIES: ReadonlyMap<string, ReadBody> = new Map([
  ["ram", readRam],
  ["dirty-bitmap", readBitmapChunk],
  ["block", readDisk],
]);

type Phase =
  | { readonly in: "header" | "configuration" | "items" | "trailer" | "rest" }
  | { readonly in: "wire"; readonly read: ReadWire }
  | { readonly in: "body" | "footer"; readonly section: Known }
  /** Behind something that could not be read; within the section, where it is known whose footer comes. */
  | { readonly in: "lost"; readonly section: Known | undefined };

/**
 * Reads a stream from a window, item by item. `step` reads the next and is false behind the last; MORE thrown from it asks for bytes, after
 * which it is called again. Everything that is wrong ends as a problem, or, where reading cannot go on, as a StreamError.
 */
export class StreamReader {
  readonly #c: Context;
  /** True when it was said already why the rest is not read. */
  #isRestKnown = false;
  #phase: Phase = { in: "header" };

  constructor(window: Window, sink: Sink, options: ReaderOptions) {
    this.#c = newContext(window, sink, options);
    const { as } = options;
    if (as !== undefined) this.#phase = as === "recovery" ? { in: "items" } : { in: "wire", read: WIRES[as]() };
  }

  /** True where an item is to begin: whoever has a protocol of his own around the stream may have put something there. */
  get isBetweenItems(): boolean {
    return this.#phase.in === "items";
  }

  step(): boolean {
    switch (this.#phase.in) {
      case "header":
        this.#phase = readHeader(this.#c) === "multifd" ? { in: "wire", read: multifdChannel() } : { in: "configuration" };
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
        readTrailer(this.#c);
        this.#phase = { in: "rest" };
        return true;
      case "wire":
        if (!this.#phase.read(this.#c)) this.#phase = { in: "rest" };
        return true;
      case "lost":
        this.#passLost(this.#phase.section);
        return true;
      case "rest":
        return this.#rest();
    }
  }

  /** Goes on behind an item that could not be read: its bytes are but bytes, up to something that can; of a stream that was cut all of them. */
  goOn({ code }: StreamError): void {
    const phase = this.#phase;
    this.#c.window.rewind();
    this.#isRestKnown = true;
    this.#c.packageEnd = undefined;
    this.#c.ram.unlisted = 0;
    this.#c.ram.mapped = undefined;
    const isOver = code === "truncated" || code === "unframed" || this.#c.lost === MOST_LOST;
    if (isOver || !["configuration", "items", "body"].includes(phase.in)) this.#phase = { in: "rest" };
    else {
      this.#c.lost++;
      this.#phase = { in: "lost", section: phase.in === "body" && this.#c.footers === true ? phase.section : undefined };
    }
  }

  #passLost(section: Known | undefined): void {
    const isFound = passLost(this.#c, section?.id);
    if (isFound === undefined) this.#phase = { in: "rest" };
    if (isFound !== true) return;
    this.#isRestKnown = false;
    this.#phase = section === undefined ? { in: "items" } : { in: "footer", section };
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

  #rest(): boolean {
    const { window } = this.#c;
    if (window.peek() === undefined) return false;
    if (!this.#isRestKnown) report(this.#c, "trailing-bytes", window.offset, "", "The stream goes on behind its end.");
    this.#isRestKnown = true;
    readRest(this.#c);
    return true;
  }
}
