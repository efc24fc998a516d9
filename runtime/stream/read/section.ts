import type { Description, SectionLayout } from "../description/layout.ts";
import { readDescription } from "../description/read-description.ts";
import { StreamError } from "../errors.ts";
import { TYPE } from "../format.ts";
import type { Framing } from "../item.ts";
import { findTrailer } from "../trailer.ts";
import { latin1 } from "../window.ts";
import { type Context, report, type Sink } from "./context.ts";
import { findFooter, findNextSection, type Surroundings } from "./frame.ts";

/** The head of a section that is begun or comes whole. */
export interface Head {
  readonly at: number;
  readonly id: number;
  readonly name: string;
  readonly instance: number;
  readonly version: number;
}

/** Sections that a stream may have; each costs memory. */
const MOST = 1 << 16;

/** Reads it, type byte included; `ram` at version 4 is known, any other ram is not. */
export function readHead(c: Context): Head {
  const { window } = c;
  const at = window.offset;
  window.u8();
  const head = { at, id: window.be32(), name: window.name(), instance: window.be32(), version: window.be32() };
  if (c.sections.size >= MOST) window.fail("limit", at, `The stream has more than ${MOST} sections.`);
  return head;
}

/** Remembers a section; `readHead` must have been read to its end, as an item is read again when bytes are wanting. */
export function know(c: Context, { at, id, name, instance }: Head): void {
  const other = c.sections.get(id);
  if (other !== undefined) report(c, "duplicate-section", at + 1, name, `The section id ${id} is ${other.name}'s already.`);
  c.sections.set(id, { id, name, instance });
}

/** Reads a device's section up to its footer. */
export function readFull(c: Context): Head {
  const { window, sink } = c;
  const head = readHead(c);
  window.path = head.name;
  const body = window.offset;
  const layout = layoutOf(c, head);
  const { length, framing } = layout === undefined ? frame(c, head) : { length: layout.size, framing: "description" as const };
  const bytes = window.take(length);
  know(c, head);
  checkVersion(c, head, layout);
  const { at, id, name, instance, version } = head;
  const range = { at, bytes: window.offset - at };
  sink.section({ item: "section", ...range, id, name, instance, version, framing, body: { at: body, bytes: length } }, bytes, layout);
  window.path = "";
  window.commit();
  return head;
}

function layoutOf(c: Context, { name, instance }: Head): SectionLayout | undefined {
  if (!c.isDescriptionSought && c.packageEnd === undefined) seekDescription(c);
  return c.description?.sections.find((each) => each.name === name && each.instance === instance);
}

/** Of a pipe, the end of the stream must be at hand; a stream that is longer than fits is read without. */
function seekDescription(c: Context): void {
  const { window, sink } = c;
  window.needAll();
  c.isDescriptionSought = true;
  const trailer = window.isAll ? findTrailer(window.bytes.subarray(window.at, window.end), window.base + window.end) : undefined;
  if (trailer === undefined) return;
  const from = trailer.at - window.base;
  c.description = readDescriptionOrReport(latin1(window.bytes, from, from + trailer.bytes), trailer.at, sink);
}

/** A description that cannot be read is one thing that is wrong; the stream is read without it. */
export function readDescriptionOrReport(text: string, at: number, sink: Sink): Description | undefined {
  try {
    return readDescription(text, at);
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    sink.problem(error);
    return undefined;
  }
}

function checkVersion(c: Context, { at, name, instance, version }: Head, layout: SectionLayout | undefined): void {
  if (c.description !== undefined && layout === undefined)
    report(c, "not-described", at, name, `The stream's description has no section ${JSON.stringify(name)} of instance ${instance}.`);
  const described = layout?.vmsd?.version;
  if (described === undefined || described === version) return;
  // Type, id, counted name and instance stand before it; of its four bytes the first that is another.
  const place = at + 1 + 4 + 1 + name.length + 4 + (Math.clz32(described ^ version) >> 3);
  report(c, "differs-from-description", place, name, `The section has version ${version}; by the stream's description it is ${described}.`);
}

function frame(c: Context, head: Head): { length: number; framing: Framing } {
  const { window } = c;
  if (c.packageEnd !== undefined) window.need(Math.max(0, c.packageEnd - window.offset));
  else window.needAll();
  const around = surroundings(c);
  const footer = c.footers === false ? undefined : findFooter(around, window.at, head.id);
  if (footer !== undefined) return { length: footer - window.at, framing: "footer" };
  const next = c.footers === true ? undefined : findNextSection(around, window.at);
  if (next !== undefined) return { length: next - window.at, framing: "next section" };
  return window.fail("unframed", head.at, `Nothing says where the section ${JSON.stringify(head.name)} ends.`);
}

function surroundings({ window, packageEnd, sections }: Context): Surroundings {
  const { bytes, end, base, isAll } = window;
  if (packageEnd === undefined) return { bytes, end, isAll, sections };
  return { bytes, end: Math.min(end, packageEnd - base), isAll: true, sections };
}

/** Longest head that must be seen whole to be believed. */
const LOOK_AHEAD = 1 + 4 + 1 + 255 + 4 + 4 + 5;

/** Reads a piece of a part whose format is not known; true when its end was seen. */
export function readOpaque(c: Context, id: number): boolean {
  const { window, sink } = c;
  const at = window.offset;
  if (!window.isAll) window.need(2 * LOOK_AHEAD);
  const around = surroundings(c);
  const found = c.footers === false ? findNextSection(around, window.at) : findFooter(around, window.at, id);
  if (found === undefined && window.isAll) window.fail("unframed", at, "Nothing says where this part of a section ends.");
  const length = found === undefined ? window.left - LOOK_AHEAD : found - window.at;
  const data = window.take(length);
  if (length > 0) sink.item({ item: "opaque", at, bytes: length, data });
  window.commit();
  return found !== undefined;
}

/** Reads a footer, where there is one. */
export function readFooter(c: Context, id: number, name: string): void {
  const { window } = c;
  const at = window.offset;
  if (window.peek() !== TYPE.footer) {
    if (c.footers === true) report(c, "missing-footer", at, name, `Behind the section ${JSON.stringify(name)} no footer stands.`);
    c.footers ??= false;
    return;
  }
  window.u8();
  const sent = window.be32();
  if (sent !== id)
    report(c, "wrong-footer", at + 1, name, `The footer of ${JSON.stringify(name)} has the section id ${sent} instead of ${id}.`);
  c.footers = true;
  c.sink.item({ item: "footer", at, bytes: 5, id: sent });
  window.commit();
}
