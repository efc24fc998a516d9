import { HIGH, LOW, S32, S64 } from "./scratch.ts";

// Arrays of scalars that are too long, or of a length too late known, to be written out in a codec.

type Get<T> = (d: DataView, o: number, n: number) => T[];
type Set<T> = (d: DataView, o: number, a: readonly T[]) => void;

export const getBools: Get<boolean> = (d, o, n) => {
  const a = new Array<boolean>(n);
  for (let i = 0; i < n; i++) a[i] = d.getUint8(o + i) !== 0;
  return a;
};
export const getUint8s: Get<number> = (d, o, n) => {
  const a = new Array<number>(n);
  for (let i = 0; i < n; i++) a[i] = d.getUint8(o + i);
  return a;
};
export const getInt8s: Get<number> = (d, o, n) => {
  const a = new Array<number>(n);
  for (let i = 0; i < n; i++) a[i] = d.getInt8(o + i);
  return a;
};
export const getUint16s: Get<number> = (d, o, n) => {
  const a = new Array<number>(n);
  for (let i = 0; i < n; i++) a[i] = d.getUint16(o + 2 * i);
  return a;
};
export const getInt16s: Get<number> = (d, o, n) => {
  const a = new Array<number>(n);
  for (let i = 0; i < n; i++) a[i] = d.getInt16(o + 2 * i);
  return a;
};
export const getUint32s: Get<number> = (d, o, n) => {
  const a = new Array<number>(n);
  for (let i = 0; i < n; i++) a[i] = d.getUint32(o + 4 * i);
  return a;
};
export const getInt32s: Get<number> = (d, o, n) => {
  const a = new Array<number>(n);
  for (let i = 0; i < n; i++) a[i] = d.getInt32(o + 4 * i);
  return a;
};
export const getUint64s: Get<bigint> = (d, o, n) => {
  const a = new Array<bigint>(n);
  for (let i = 0, p = o; i < n; i++, p += 8) a[i] = BigInt.asUintN(64, (BigInt(d.getInt32(p)) << 32n) | BigInt(d.getUint32(p + 4)));
  return a;
};
export const getInt64s: Get<bigint> = (d, o, n) => {
  const a = new Array<bigint>(n);
  for (let i = 0, p = o; i < n; i++, p += 8) a[i] = BigInt.asIntN(64, (BigInt(d.getInt32(p)) << 32n) | BigInt(d.getUint32(p + 4)));
  return a;
};

export const setBools: Set<boolean> = (d, o, a) => {
  for (let i = 0; i < a.length; i++) d.setUint8(o + i, a[i] === true ? 1 : 0);
};
export const set8s: Set<number> = (d, o, a) => {
  for (let i = 0; i < a.length; i++) d.setInt8(o + i, a[i] as number);
};
/** Two to a store, which is half the work. */
export const set16s: Set<number> = (d, o, a) => {
  const pairs = a.length & ~1;
  let p = o;
  for (let i = 0; i < pairs; i += 2, p += 4) d.setInt32(p, ((a[i] as number) << 16) | ((a[i + 1] as number) & 0xffff));
  if (pairs < a.length) d.setInt16(p, a[pairs] as number);
};
/** Made an int32 first, as Node 24 gives up its code for a value that is none. */
export const set32s: Set<number> = (d, o, a) => {
  for (let i = 0; i < a.length; i++) d.setInt32(o + 4 * i, (a[i] as number) | 0);
};
export const set64s: Set<bigint> = (d, o, a) => {
  for (let i = 0, p = o; i < a.length; i++, p += 8) {
    S64[0] = a[i] as bigint;
    d.setInt32(p, S32[HIGH] as number);
    d.setInt32(p + 4, S32[LOW] as number);
  }
};
