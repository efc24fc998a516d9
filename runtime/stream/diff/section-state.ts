import { type SectionLayout, subsectionHead } from "../description/layout.ts";
import { readState } from "../description/read-state.ts";
import { type FieldValue, readValue } from "../description/values.ts";
import { type Problem, StreamError } from "../errors.ts";
import type { SectionItem } from "../item.ts";
import { visitState } from "../leaves.ts";

/** A device's section as it is kept for comparing. */
export interface KeptSection {
  readonly item: SectionItem;
  readonly body: Uint8Array;
  readonly layout: SectionLayout | undefined;
}

/** A field's bytes in a body, or those between two fields. */
export interface Piece {
  readonly path: string;
  readonly type: string;
  /** Offset in the body. */
  readonly at: number;
  readonly bytes: number;
}

export interface SubsectionPiece {
  readonly path: string;
  readonly version: number;
  readonly at: number;
  readonly bytes: number;
  /** Bytes before its fields; the last four are its version. */
  readonly head: number;
}

/** What a body is made of by its description. */
export interface Pieces {
  readonly fields: readonly Piece[];
  readonly subsections: readonly SubsectionPiece[];
}

/** Undefined where nothing but bytes is known of the body; one that is not as described is a problem. */
export function piecesOf({ item, body, layout }: KeptSection, problem: (problem: Problem) => void): Pieces | undefined {
  if (layout?.vmsd === undefined) return undefined;
  const start = item.body.at;
  try {
    const state = readState(layout, { bytes: body, at: start });
    const fields: Piece[] = [];
    const subsections: SubsectionPiece[] = [];
    visitState(state, {
      leaf: ({ path, type, at, bytes }) => bytes > 0 && fields.push({ path, type, at: at - start, bytes }),
      subsection: (path, { at, bytes, version, vmsd }) =>
        subsections.push({ path, version, at: at - start, bytes, head: subsectionHead(vmsd) }),
    });
    return { fields, subsections };
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    problem(error);
    return undefined;
  }
}

/** The same with the bytes between fields as pieces without a name, so that none is missing. */
export function withGaps({ fields }: Pieces, length: number): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const piece of [...fields, { path: "", type: "", at: length, bytes: 0 }]) {
    if (piece.at > end) pieces.push({ path: "", type: "head", at: end, bytes: piece.at - end });
    if (piece.bytes > 0) pieces.push(piece);
    end = piece.at + piece.bytes;
  }
  return pieces;
}

export function valueAt({ type, at, bytes }: Piece, body: Uint8Array): FieldValue {
  return readValue(type, bytes, new DataView(body.buffer, body.byteOffset, body.byteLength), at);
}
