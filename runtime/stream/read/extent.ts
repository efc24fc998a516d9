import { be32 } from "../bytes.ts";
import type { SectionLayout } from "../description/layout.ts";
import { TYPE } from "../format.ts";
import type { Framing } from "../item.ts";
import { SectionRefusal } from "../section-codec.ts";
import { type Context, report } from "./context.ts";
import { seekDescription } from "./description.ts";
import { findFooter, findNextSection, holdsHead, isDamagedHead, LOOK_AHEAD, mayFollow, mayGoOn, type Surroundings } from "./frame.ts";
import type { Head } from "./head.ts";

/** Where a section ends, and what describes it, even where its bytes are not as many as that says. */
export interface Extent {
  readonly length: number;
  readonly framing: Framing;
  readonly layout?: SectionLayout;
}

export function extentOf(c: Context, head: Head): Extent {
  const { window } = c;
  if (!c.isDescriptionSought && c.packageEnd === undefined) seekDescription(c);
  const described = c.expected?.find(head);
  const coded = c.codec?.onlyUndescribed === true && described !== undefined ? undefined : codedExtent(c, head);
  if (coded !== undefined) return coded;
  const layout = described ?? misnamed(c, head);
  if (layout === undefined) return frame(c, head);
  const { size } = layout;
  // Of a section that lost bytes, or got some, the footer is elsewhere; what comes behind it can be read then.
  const end = window.at + window.see(2 * size + NEAR);
  if (c.footers === true && !isFooter(c, size, head.id) && !isDamagedFooter(c, size, head.id)) {
    const around = surroundings(c);
    const near = end < around.end ? { ...around, end, isAll: false } : around;
    const footer = findFooter(near, window.at, head.id);
    if (footer !== undefined) return { length: footer - window.at, framing: "footer", layout };
  }
  return { length: size, framing: "description", layout };
}

/** By a codec, when one is known for the section and takes its bytes. */
function codedExtent(c: Context, { id, name, instance, version }: Head): Extent | undefined {
  const { window } = c;
  const at = window.offset;
  try {
    const { bytes, end, isAll } = surroundings(c);
    const fits = (size: number): boolean => goesOn(c, size, id);
    const swallows = (size: number): boolean => holdsHead(surroundings(c), window.at, window.at + size, id);
    const vmsd = c.codec?.layoutOf({
      name,
      instance,
      version,
      machine: c.machine,
      bytes: bytes.subarray(window.at, end),
      isAll,
      fits,
      swallows,
    });
    if (vmsd === undefined) return undefined;
    return { length: vmsd.size, framing: "codec", layout: { at, name, instance, vmsd, size: vmsd.size } };
  } catch (error) {
    if (!(error instanceof SectionRefusal)) throw error;
    if (error.isTruncated && c.packageEnd === undefined && !window.isAll) window.need(2 * window.left + 1);
    report(c, "refused", at + error.offset, error.path, error.message);
    return undefined;
  }
}

/** Whether the stream can go on behind a body of that size: with the footer of its section where there are footers. */
function goesOn(c: Context, size: number, id: number): boolean {
  const { window } = c;
  if (c.packageEnd === undefined) window.see(size + 5 + LOOK_AHEAD);
  const around = surroundings(c);
  const at = window.at + size;
  if (c.footers !== false && isFooter(c, size, id)) return mayFollow(around, at + 5);
  if (c.footers === true) return isDamagedFooter(c, size, id);
  return mayGoOn(around, at) || isDamagedHead(around, at, id);
}

/** How far behind twice its size a section's footer is looked for. */
const NEAR = 4096;

/** Whether a footer stands here but for its mark. */
export function isBareFooter(c: Context, id: number): boolean {
  c.window.see(5 + LOOK_AHEAD);
  return isDamagedFooter(c, 0, id);
}

/** Whether a footer stands `ahead` of which either the mark or the id is another, by what is behind it. */
function isDamagedFooter(c: Context, ahead: number, id: number): boolean {
  const { bytes, at, end } = c.window;
  const place = at + ahead;
  if (place + 5 > end) return false;
  return (bytes[place] === TYPE.footer || be32(bytes, place + 1) === id) && mayFollow(surroundings(c), place + 5);
}

function isFooter({ window }: Context, ahead: number, id: number): boolean {
  const { bytes, at, end } = window;
  return at + ahead + 5 <= end && bytes[at + ahead] === TYPE.footer && be32(bytes, at + ahead + 1) === id;
}

/** The layout that is next, when only the section's name is another: its footer stands where that layout says. */
function misnamed(c: Context, { id, name }: Head): SectionLayout | undefined {
  const next = c.expected?.next;
  if (c.footers !== true || next === undefined || next.name.length !== name.length) return undefined;
  c.window.see(next.size + 5);
  return isFooter(c, next.size, id) ? next : undefined;
}

function frame(c: Context, head: Head): Extent {
  const { window } = c;
  if (c.packageEnd !== undefined) window.need(Math.max(0, c.packageEnd - window.offset));
  else window.needAll();
  const around = surroundings(c);
  const footer = c.footers === false ? undefined : findFooter(around, window.at, head.id);
  if (footer !== undefined) return { length: footer - window.at, framing: "footer" };
  const next = c.footers === true ? undefined : findNextSection(around, window.at);
  if (next !== undefined) return { length: next - window.at, framing: "next section" };
  return failUnframed(c, head.at);
}

/** What began at `at` and has no end is damaged there; or the stream was cut, when it does not end as one does either. */
export function failUnframed({ window, expected }: Context, at: number): never {
  const { bytes, base, end, isAll, path } = window;
  const what = `the section ${JSON.stringify(path)} that began at offset ${at}`;
  const isCut = isAll && expected === undefined && bytes[end - 1] !== TYPE.eof;
  if (isCut) window.fail("truncated", base + end, `The stream ends here, within ${what}.`);
  return window.fail("unframed", at, `Nothing says where ${what} ends.`);
}

export function surroundings({ window, packageEnd, sections }: Context): Surroundings {
  const { bytes, end, base, isAll } = window;
  if (packageEnd === undefined) return { bytes, end, isAll, sections };
  return { bytes, end: Math.min(end, packageEnd - base), isAll: true, sections };
}
