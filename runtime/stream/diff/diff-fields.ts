import { type ByteRun, byteRuns } from "./byte-runs.ts";
import type { Differs, Place } from "./difference.ts";
import { type KeptSection, type Piece, type Pieces, valueAt, withGaps } from "./section-state.ts";

/** Longest field whose bytes are told as one value; of a longer one, each run of bytes that differ. */
const WHOLE = 16;

/** A piece of both bodies. */
interface Pair {
  readonly a: Piece;
  readonly b: Piece;
}

/** The fields of two sections whose layouts are known: by name where both have it, else by where they lie. */
export function diffFields(
  a: KeptSection,
  b: KeptSection,
  fields: { readonly [S in "a" | "b"]: readonly Piece[] },
  differs: Differs,
): void {
  const { section, instance } = nameOf(a);
  const named = new Map(fields.b.map((piece) => [piece.path, piece]));
  const pairs: Pair[] = [];
  const rest: Piece[] = [];
  for (const piece of fields.a) {
    const same = named.get(piece.path);
    if (same === undefined) rest.push(piece);
    else pairs.push({ a: piece, b: same });
    named.delete(piece.path);
  }
  const placed = new Map([...named.values()].map((piece) => [piece.at, piece]));
  for (const piece of rest) {
    const other = placed.get(piece.at);
    if (other === undefined || other.bytes !== piece.bytes) {
      differs({ difference: "field", section, instance, path: piece.path, type: piece.type, a: placeOf(a, piece) });
      continue;
    }
    pairs.push({ a: piece, b: other });
    placed.delete(piece.at);
  }
  for (const pair of pairs.sort((x, y) => x.a.at - y.a.at)) diffPair(a, b, pair, differs);
  for (const piece of placed.values())
    differs({ difference: "field", section, instance, path: piece.path, type: piece.type, b: placeOf(b, piece) });
}

/** Two bodies of one length of which the layout of one is known, and taken for the other's. */
export function diffByPlace(a: KeptSection, b: KeptSection, pieces: Pieces, differs: Differs): void {
  for (const piece of withGaps(pieces, a.body.length)) diffPair(a, b, { a: piece, b: piece }, differs);
}

/** Two bodies of which nothing is known. */
export function diffBytes(a: KeptSection, b: KeptSection, differs: Differs): void {
  const { section, instance } = nameOf(a);
  const data = { path: "data", type: "buffer", at: 0 };
  const common = Math.min(a.body.length, b.body.length);
  diffRuns(a, b, { a: { ...data, bytes: common }, b: { ...data, bytes: common } }, differs);
  const head = { difference: "field", section, instance, path: data.path, type: data.type, offset: common } as const;
  if (a.body.length > common) differs({ ...head, a: placeOf(a, { ...data, at: common, bytes: a.body.length - common }) });
  if (b.body.length > common) differs({ ...head, b: placeOf(b, { ...data, at: common, bytes: b.body.length - common }) });
}

function diffPair(a: KeptSection, b: KeptSection, pair: Pair, differs: Differs): void {
  const isRenamed = pair.a.path !== pair.b.path;
  if (!isRenamed && equal(bytesOf(a, pair.a), bytesOf(b, pair.b))) return;
  if (pair.a.bytes > WHOLE && pair.a.bytes === pair.b.bytes && !isRenamed) {
    diffRuns(a, b, pair, differs);
    return;
  }
  const { section, instance } = nameOf(a);
  const { path, type } = pair.a;
  const [placeA, placeB] = [placeOf(a, pair.a), placeOf(b, pair.b)];
  differs({ difference: "field", section, instance, path, type, a: placeA, b: isRenamed ? { ...placeB, name: pair.b.path } : placeB });
}

function diffRuns(a: KeptSection, b: KeptSection, pair: Pair, differs: Differs): void {
  const { section, instance } = nameOf(a);
  const { path, type } = pair.a;
  for (const run of byteRuns(bytesOf(a, pair.a), bytesOf(b, pair.b))) {
    const [placeA, placeB] = [placeOf(a, part(pair.a, run)), placeOf(b, part(pair.b, run))];
    differs({ difference: "field", section, instance, path, type, offset: run.from, a: placeA, b: placeB });
  }
}

function part({ path, at }: Piece, { from, to }: ByteRun): Piece {
  return { path, type: "buffer", at: at + from, bytes: to - from };
}

function nameOf({ item }: KeptSection): { readonly section: string; readonly instance: number } {
  return { section: item.name, instance: item.instance };
}

function placeOf({ item, body }: KeptSection, piece: Piece): Place {
  return { at: item.body.at + piece.at, bytes: piece.bytes, value: valueAt(piece, body) };
}

function bytesOf({ body }: KeptSection, { at, bytes }: Piece): Uint8Array {
  return body.subarray(at, at + bytes);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
