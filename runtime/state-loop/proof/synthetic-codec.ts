import { type ByteReader, type ByteWriter, CODEC_ABI, type Codec, tooNew, truncated } from "../../codec/v1.ts";

export type SyntheticState = Record<string, number | bigint | Uint8Array>;

export interface SyntheticField {
  readonly name: string;
  /** On the wire; 8 is a bigint, and above that it is a buffer. */
  readonly size: number;
}

/** A device for tests, whose faults are as programmers make them. */
export interface SyntheticDevice {
  readonly name: string;
  readonly fields: readonly SyntheticField[];
  /** Sent when its first field is not 0. */
  readonly subsection: readonly SyntheticField[];
  /** Not on the wire: made of the first field after a load. */
  readonly derived: string;
}

export type SyntheticFault =
  /** Neither saved nor loaded. */
  | { readonly kind: "forgotten"; readonly field: string }
  /** Zeroes in its place. */
  | { readonly kind: "zeroed"; readonly field: string }
  /** Loaded, not saved. */
  | { readonly kind: "omitted"; readonly field: string }
  /** The subsection is never sent. */
  | { readonly kind: "needed" }
  /** What is derived is not made again. */
  | { readonly kind: "post-load" }
  /** Says of itself a version that its load does not know. */
  | { readonly kind: "version" };

const VERSION = 2;
const MARK = 0x05;

export function syntheticCodec(device: SyntheticDevice, fault?: SyntheticFault): Codec<SyntheticState> {
  const { name, fields, subsection, derived } = device;
  const isAt = (field: SyntheticField, ...kinds: SyntheticFault["kind"][]): boolean =>
    fault !== undefined && "field" in fault && fault.field === field.name && kinds.includes(fault.kind);
  const saveFields = (s: SyntheticState, w: ByteWriter, those: readonly SyntheticField[]): void => {
    for (const field of those) if (!isAt(field, "forgotten", "omitted")) put(w, field, isAt(field, "zeroed") ? undefined : s[field.name]);
  };
  const loadFields = (s: SyntheticState, r: ByteReader, those: readonly SyntheticField[]): void => {
    for (const field of those) if (!isAt(field, "forgotten")) s[field.name] = get(r, name, field);
  };
  const loadInto = (s: SyntheticState, r: ByteReader, versionId: number): void => {
    if (versionId > VERSION) throw tooNew(r, name, versionId, VERSION);
    // A failed load leaves the state as it was.
    const read: SyntheticState = {};
    loadFields(read, r, fields);
    for (const field of subsection) if (!isAt(field, "forgotten")) read[field.name] = absent(field);
    if (r.at < r.end && r.bytes[r.at] === MARK) {
      r.at++;
      loadFields(read, r, subsection);
    }
    Object.assign(s, read);
    if (fault?.kind !== "post-load") s[derived] = derive(device, s);
  };
  return {
    abi: CODEC_ABI,
    name,
    versionId: fault?.kind === "version" ? VERSION + 1 : VERSION,
    minimumVersionId: 1,
    save: (s, w) => {
      saveFields(s, w, fields);
      const [first] = subsection;
      if (first === undefined || fault?.kind === "needed" || Number(s[first.name]) === 0) return;
      put(w, { name: "mark", size: 1 }, MARK);
      saveFields(s, w, subsection);
    },
    load: (r, versionId) => {
      const s: SyntheticState = {};
      loadInto(s, r, versionId);
      return s;
    },
    loadInto,
  };
}

/** What the device makes of its first field. */
export function derive({ fields: [first] }: SyntheticDevice, s: SyntheticState): number {
  const value = first === undefined ? 0 : s[first.name];
  return 7 + (value instanceof Uint8Array ? (value[0] ?? 0) : Number(BigInt.asUintN(32, BigInt(value ?? 0))));
}

function absent({ size }: SyntheticField): number | bigint | Uint8Array {
  return size > 8 ? new Uint8Array(size) : size === 8 ? 0n : 0;
}

function put(w: ByteWriter, { size }: SyntheticField, value: number | bigint | Uint8Array | undefined): void {
  if (w.at + size > w.bytes.length) w.grow(w.at + size);
  const at = w.at;
  w.at += size;
  if (value === undefined) w.bytes.fill(0, at, at + size);
  else if (value instanceof Uint8Array) w.bytes.set(value, at);
  else if (typeof value === "bigint") w.view.setBigUint64(at, value);
  else if (size === 1) w.view.setUint8(at, value);
  else if (size === 2) w.view.setUint16(at, value);
  else w.view.setUint32(at, value);
}

function get(r: ByteReader, vmsd: string, { name, size }: SyntheticField): number | bigint | Uint8Array {
  const at = r.at;
  if (at + size > r.end) throw truncated(r, vmsd, at, `${name} ${size}`);
  r.at += size;
  if (size > 8) return r.bytes.slice(at, at + size);
  if (size === 8) return r.view.getBigUint64(at);
  return size === 1 ? r.view.getUint8(at) : size === 2 ? r.view.getUint16(at) : r.view.getUint32(at);
}
