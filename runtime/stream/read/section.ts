import { differing32 } from "../bytes.ts";
import { TYPE } from "../format.ts";
import { type Context, report } from "./context.ts";
import { holdAgainst } from "./description.ts";
import { extentOf, isBareFooter } from "./extent.ts";

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

/** Reads it, type byte included. */
export function readHead(c: Context): Head {
  const { window } = c;
  const at = window.offset;
  window.u8();
  const head = { at, id: window.be32(), name: window.name(), instance: window.be32(), version: window.be32() };
  if (c.count >= MOST) window.fail("limit", at, `The stream has more than ${MOST} sections.`);
  return head;
}

/** Remembers a section; its item must have been read to its end, as it is read again when bytes are wanting. */
export function know(c: Context, { at, id, name, instance }: Head): void {
  const other = c.sections.get(id);
  if (other !== undefined) report(c, "duplicate-section", at + 1, name, `The section id ${id} is ${other.name}'s already.`);
  c.sections.set(id, { id, name, instance });
  c.count++;
}

/** Reads a device's section up to its footer. */
export function readFull(c: Context): Head {
  const { window, sink } = c;
  const head = readHead(c);
  window.path = head.name;
  const body = window.offset;
  const { length, framing, layout } = extentOf(c, head);
  const bytes = window.take(length);
  know(c, head);
  if (c.expected !== undefined) holdAgainst(c, head, framing === "codec" ? c.expected.find(head) : layout, length);
  const isKnown = framing === "description" || framing === "codec";
  const { at, id, name, instance, version } = head;
  const range = { at, bytes: window.offset - at };
  const item = { item: "section" as const, ...range, id, name, instance, version, framing, body: { at: body, bytes: length } };
  sink.section(item, bytes, isKnown ? layout : undefined);
  window.path = "";
  window.commit();
  return head;
}

/** Reads a footer, where there is one. */
export function readFooter(c: Context, id: number, name: string): void {
  const { window, sink } = c;
  const at = window.offset;
  window.path = name;
  // At the stream's end it is that which is said, and nothing of a footer.
  if (c.footers === true) window.need(1);
  if (window.peek() === TYPE.footer) {
    window.u8();
    const sent = window.be32();
    const place = at + 1 + differing32(sent, id);
    if (sent !== id) report(c, "wrong-footer", place, name, `The footer of ${JSON.stringify(name)} has the section id ${sent}, not ${id}.`);
    c.footers = true;
    sink.item({ item: "footer", at, bytes: 5, id: sent });
  } else {
    // Where only its mark is damaged what follows can be read.
    const data = c.footers === true && isBareFooter(c, id) ? window.take(5) : undefined;
    if (c.footers === true) report(c, "missing-footer", at, name, `Behind the section ${JSON.stringify(name)} no footer stands.`);
    if (data !== undefined) sink.item({ item: "opaque", at, bytes: 5, data });
    c.footers ??= false;
  }
  window.path = "";
  window.commit();
}
