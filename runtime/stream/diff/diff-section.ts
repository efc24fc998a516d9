import type { Problem } from "../errors.ts";
import type { SectionItem, StartItem } from "../item.ts";
import { diffByPlace, diffBytes, diffFields } from "./diff-fields.ts";
import type { Differs, Place, Side, VersionDifference } from "./difference.ts";
import { type KeptSection, type Piece, type Pieces, piecesOf, type SubsectionPiece } from "./section-state.ts";

/** Takes what is wrong with one of the streams. */
export type Refuses = (side: Side, problem: Problem) => void;

/** What differs between a section's two states. */
export function diffSection(a: KeptSection, b: KeptSection, differs: Differs, refuses: Refuses): void {
  if (a.item.version !== b.item.version) differs(versionDifference(a.item, b.item));
  const [inA, inB] = [piecesOf(a, (problem) => refuses("a", problem)), piecesOf(b, (problem) => refuses("b", problem))];
  if (inA !== undefined && inB !== undefined) diffPieces(a, b, { a: inA, b: inB }, differs);
  else if ((inA ?? inB) !== undefined && a.body.length === b.body.length) diffByPlace(a, b, (inA ?? inB) as Pieces, differs);
  else diffBytes(a, b, differs);
}

function diffPieces(a: KeptSection, b: KeptSection, pieces: { readonly [S in Side]: Pieces }, differs: Differs): void {
  const { name: section, instance } = a.item;
  const named = new Map(pieces.b.subsections.map((each) => [each.path, each]));
  const only: Record<Side, SubsectionPiece[]> = { a: [], b: [] };
  for (const each of pieces.a.subsections) {
    const other = named.get(each.path);
    named.delete(each.path);
    if (other === undefined) only.a.push(each);
    else if (other.version !== each.version)
      differs({ difference: "version", section, instance, path: each.path, a: subversionPlace(a, each), b: subversionPlace(b, other) });
  }
  only.b.push(...named.values());
  for (const [side, kept] of [
    ["a", a],
    ["b", b],
  ] as const)
    for (const { path, at, bytes } of outermost(only[side]))
      differs({ difference: "subsection", section, instance, path, only: side, at: kept.item.body.at + at, bytes });
  diffFields(a, b, { a: outside(pieces.a.fields, only.a), b: outside(pieces.b.fields, only.b) }, differs);
}

/** A subsection in one that is told already goes without saying. */
function outermost(subsections: readonly SubsectionPiece[]): SubsectionPiece[] {
  const found: SubsectionPiece[] = [];
  for (const each of subsections) {
    const before = found.at(-1);
    if (before === undefined || each.at >= before.at + before.bytes) found.push(each);
  }
  return found;
}

function outside(fields: readonly Piece[], subsections: readonly SubsectionPiece[]): readonly Piece[] {
  if (subsections.length === 0) return fields;
  return fields.filter((field) => !subsections.some(({ at, bytes }) => field.at >= at && field.at < at + bytes));
}

export function versionDifference(a: SectionItem | StartItem, b: SectionItem | StartItem): VersionDifference {
  return { difference: "version", section: a.name, instance: a.instance, a: versionPlace(a), b: versionPlace(b) };
}

function versionPlace({ at, name, version }: SectionItem | StartItem): Place {
  // Type, id, counted name and instance stand before it.
  return { at: at + 1 + 4 + 1 + name.length + 4, bytes: 4, value: version };
}

function subversionPlace({ item }: KeptSection, { at, head, version }: SubsectionPiece): Place {
  return { at: item.body.at + at + head - 4, bytes: 4, value: version };
}
