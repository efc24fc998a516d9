import { differing32 } from "../bytes.ts";
import { Expected } from "../description/expected.ts";
import type { Description, SectionLayout } from "../description/layout.ts";
import { readDescription } from "../description/read-description.ts";
import { StreamError } from "../errors.ts";
import { findTrailer } from "../trailer.ts";
import { latin1 } from "../window.ts";
import { type Context, report, type Sink } from "./context.ts";
import type { Head } from "./section.ts";

/** Of a pipe, the end of the stream must be at hand; as long as it is too far for that, sections are read without. */
export function seekDescription(c: Context): void {
  const { window, sink } = c;
  window.needAll();
  c.isDescriptionSought = window.isAll;
  const trailer = window.isAll ? findTrailer(window.bytes.subarray(window.at, window.end), window.base + window.end) : undefined;
  if (trailer === undefined) return;
  c.isDescriptionFound = true;
  const from = trailer.at - window.base;
  const description = readDescriptionOrReport(latin1(window.bytes, from, from + trailer.bytes), trailer.at, sink);
  if (description !== undefined) c.expected = new Expected(description);
}

/** Says what is wrong with a description that was not found from the stream's end: a byte in it may be none of JSON's. */
export function checkUnfound({ isDescriptionFound, sink }: Context, text: Uint8Array, at: number): void {
  if (!isDescriptionFound) readDescriptionOrReport(latin1(text, 0, text.length), at, sink);
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

/** Says where a section is another than the one that is described. */
export function holdAgainst(c: Context, { at, name, instance, version }: Head, layout: SectionLayout | undefined, length: number): void {
  const { window } = c;
  const says = (at: number, here: string): void =>
    report(c, "differs-from-description", at, name, `By the stream's description ${here} here; the bytes say otherwise.`);
  if (layout === undefined) {
    report(c, "not-described", at, name, `The stream's description has no section ${JSON.stringify(name)} of instance ${instance}.`);
    return;
  }
  c.expected?.take(layout);
  // Type, id and the name's length stand before the name.
  const place = at + 6;
  const behind = place + name.length;
  if (layout.name !== name) says(place + differing(layout.name, name), `the name ${JSON.stringify(layout.name)} stands`);
  if (layout.instance !== instance) says(behind + differing32(layout.instance, instance), `the instance ${layout.instance} stands`);
  const described = layout.vmsd?.version ?? version;
  if (described !== version) says(behind + 4 + differing32(described, version), `the version ${described} stands`);
  if (layout.size !== length) {
    const end = window.offset - length + Math.min(length, layout.size);
    report(c, "differs-from-description", end, name, `The section has ${length} bytes; by the stream's description it has ${layout.size}.`);
  }
}

/** The first character in which two names of one length differ. */
function differing(a: string, b: string): number {
  let at = 0;
  while (a[at] === b[at]) at++;
  return at;
}
