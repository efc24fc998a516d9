import type { SectionLayout } from "../description/layout.ts";
import { opaqueState, readState } from "../description/read-state.ts";
import { type Problem, StreamError } from "../errors.ts";
import { RAM } from "../format.ts";
import type { Item, PageKind, SectionItem } from "../item.ts";
import type { Out } from "../out.ts";
import * as container from "./container-forms.ts";
import type { Form } from "./form.ts";
import * as iterable from "./iterable-forms.ts";
import { Members } from "./members.ts";
import * as multifd from "./multifd-forms.ts";
import { type PayloadSource, writePages } from "./page-form.ts";
import * as returnPath from "./return-path-forms.ts";

/** The id of a document in the form below; within /1 keys are added, never renamed. */
export const STREAM_SCHEMA = "vmstate-stream/1";

type Kind = Exclude<Item["item"], "section">;

const FORMS: { readonly [K in Kind]: Form<Extract<Item, { item: K }>> } = {
  header: container.header,
  configuration: container.configuration,
  start: container.start,
  part: container.part,
  end: container.part,
  footer: container.footer,
  command: container.command,
  eof: container.eof,
  description: container.description,
  rest: container.rest,
  opaque: iterable.opaque,
  "ram-size": iterable.ramSize,
  "ram-block": iterable.ramBlock,
  "mapped-bitmap": iterable.mappedBitmap,
  gap: iterable.gap,
  "ram-eos": iterable.ramMark(RAM.eos),
  "multifd-flush": iterable.ramMark(RAM.multifdFlush),
  "ram-hook": iterable.ramMark(RAM.hook),
  "bitmap-chunk": iterable.bitmapChunk,
  disk: iterable.disk,
  "multifd-hello": multifd.multifdHello,
  "multifd-packet": multifd.multifdPacket,
  "multifd-packed": multifd.multifdPacked,
  "multifd-device": multifd.multifdDevice,
  message: returnPath.message,
  "received-bitmap": returnPath.receivedBitmap,
};

const PAGES: ReadonlySet<string> = new Set<PageKind>(["zero", "page", "xbzrle", "compressed", "mapped", "multifd"]);

/** What an item is in a document; bytes are base64, 64 bits are hex digits. */
export function itemToJson(item: Exclude<Item, SectionItem>): { readonly [key: string]: unknown } {
  const { toJson } = FORMS[item.item] as Form<typeof item>;
  return { item: item.item, at: item.at, ...toJson(item) };
}

/** The same for a device's section. One whose bytes are not what its layout says is bytes, and a problem. */
export function sectionToJson(
  item: SectionItem,
  body: Uint8Array,
  layout: SectionLayout | undefined,
  problem: (problem: Problem) => void,
): { readonly [key: string]: unknown } {
  const { at, id, name, instance, version, framing } = item;
  return { item: "section", at, id, name, instance, version, framing, ...stateOf(item, body, layout, problem) };
}

function stateOf(item: SectionItem, bytes: Uint8Array, layout: SectionLayout | undefined, problem: (problem: Problem) => void): object {
  const body = { bytes, at: item.body.at };
  if (layout === undefined) return opaqueState(body);
  try {
    // Its version is the one that is described, which need not be the section's.
    const { vmsd, fields, subsections } = readState(layout, body);
    return { ...(vmsd === undefined ? {} : { vmsd }), fields, subsections };
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    problem(error);
    return opaqueState(body);
  }
}

/** Writes the bytes of an item of a document. Throws JsonError for what no document has. */
export function writeItem(out: Out, json: unknown, path: string, payloads: PayloadSource | undefined): void {
  const members = new Members(json, path);
  const kind = members.get("item");
  if (kind === "section") container.writeSection(out, members);
  else if (typeof kind === "string" && PAGES.has(kind)) writePages(out, kind as PageKind, members, payloads);
  else if (typeof kind === "string" && Object.hasOwn(FORMS, kind)) FORMS[kind as Kind].write(out, members);
  else throw members.wrong("form", "item", "is no kind of item");
}
