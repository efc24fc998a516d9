import { differing32 } from "../bytes.ts";
import { TYPE } from "../format.ts";
import { type Context, report } from "./context.ts";
import { holdAgainst } from "./description.ts";
import { extentOf, isBareFooter } from "./extent.ts";
import { type Head, know, readHead } from "./head.ts";

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
