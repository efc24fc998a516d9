import { be32 } from "../bytes.ts";
import { COMMANDS, TYPE } from "../format.ts";
import { latin1 } from "../window.ts";
import type { Known } from "./context.ts";

/** What a body may be followed by, when nothing else says where it ends. */
export interface Surroundings {
  readonly bytes: Uint8Array;
  /** Behind the last byte at hand. */
  readonly end: number;
  /** True when no more will come: the stream, or the package around, ends at `end`. */
  readonly isAll: boolean;
  readonly sections: ReadonlyMap<number, Known>;
}

/**
 * Where a section's footer stands, from `from` on: its mark, the section's id, and behind them something that may follow. Undefined where
 * there is none.
 */
export function findFooter(around: Surroundings, from: number, id: number): number | undefined {
  const { bytes, end } = around;
  for (let at = bytes.indexOf(TYPE.footer, from); at >= 0 && at + 5 <= end; at = bytes.indexOf(TYPE.footer, at + 1))
    if (be32(bytes, at + 1) === id && mayFollow(around, at + 5)) return at;
  return undefined;
}

/**
 * Where the next section begins, for streams without footers: the head of a device's section, or the end of all. A body that holds the image
 * of such a head would be cut there; a name of three printable characters or more, between small numbers, makes that a matter of intent.
 */
export function findNextSection(around: Surroundings, from: number): number | undefined {
  const { bytes, end, isAll } = around;
  for (let at = from; at < end; at++) {
    const type = bytes[at] as number;
    if (type === TYPE.full && isHead(around, at)) return at;
  }
  return isAll && end > from && bytes[end - 1] === TYPE.eof ? end - 1 : undefined;
}

/** Whether something may begin at `at`; true as well when too little is at hand to see it. */
export function mayFollow(around: Surroundings, at: number): boolean {
  const { bytes, end, isAll, sections } = around;
  if (at >= end) return isAll;
  switch (bytes[at]) {
    case TYPE.eof:
    case TYPE.description:
      return true;
    case TYPE.start:
    case TYPE.full:
      return isHead(around, at);
    case TYPE.part:
    case TYPE.end:
      return at + 5 > end ? !isAll : sections.has(be32(bytes, at + 1));
    case TYPE.command:
      return at + 3 > end ? !isAll : ((bytes[at + 1] as number) << 8) + (bytes[at + 2] as number) < COMMANDS.length;
    default:
      return false;
  }
}

/** The same, where the end of the devices' sections is one only at the end of all, or before a description: a byte 0 says nothing. */
export function mayGoOn(around: Surroundings, at: number): boolean {
  const { bytes, end, isAll } = around;
  if (at >= end || bytes[at] !== TYPE.eof) return mayFollow(around, at);
  return at + 1 === end ? isAll : bytes[at + 1] === TYPE.description;
}

/** Whether the head of the section behind that with the id stands here, but for something in it: sections are numbered as they come. */
export function isDamagedHead({ bytes, end }: Surroundings, at: number, id: number): boolean {
  const length = bytes[at + 5] ?? 0;
  if (at + 6 + length + 8 > end || be32(bytes, at + 1) !== id + 1) return false;
  return /^[\x20-\x7e]{2,}$/.test(latin1(bytes, at + 6, at + 6 + length)) || bytes[at] === TYPE.full;
}

/** Whether the head of a section stands whole within those bytes, behind one with the id: sections are numbered upwards. */
export function holdsHead(around: Surroundings, from: number, to: number, id: number): boolean {
  const { bytes } = around;
  for (let at = bytes.indexOf(TYPE.full, from); at >= 0 && at < to; at = bytes.indexOf(TYPE.full, at + 1))
    if (be32(bytes, at + 1) > id && isHead({ ...around, isAll: true }, at)) return true;
  return false;
}

/** Longest head that must be seen whole to be believed. */
export const LOOK_AHEAD = 1 + 4 + 1 + 255 + 4 + 4 + 5;

/** Numbers that no real stream comes near; a version may be a date, as an EEPROM's is: 20061113. */
const MOST_SECTIONS = 1 << 16;
const NEWEST_VERSION = 1 << 25;

function isHead({ bytes, end, isAll }: Surroundings, at: number): boolean {
  if (at + 6 > end) return !isAll;
  const length = bytes[at + 5] as number;
  const behind = at + 6 + length;
  if (behind + 8 > end) return !isAll;
  return (
    length >= 3 &&
    be32(bytes, at + 1) < MOST_SECTIONS &&
    /^[\x20-\x7e]+$/.test(latin1(bytes, at + 6, behind)) &&
    be32(bytes, behind) < MOST_SECTIONS &&
    be32(bytes, behind + 4) < NEWEST_VERSION
  );
}
