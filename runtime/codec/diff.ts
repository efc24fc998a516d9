import { hexBytes, type JsonValue } from "./json.ts";

/** One thing in which two states are not the same; what each has there is in its JSON form. */
export interface Difference {
  /** `ring[3].addr`; bytes from the third to the sixth are `data[2..5]`, and a number of elements is `ring.length`. */
  readonly path: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
}

type Each<T> = (a: T, b: T, at: string) => readonly Difference[];

/** Shared, as nearly all that is compared is equal. */
const NONE: readonly Difference[] = [];

export function diffValue(a: number | boolean, b: number | boolean, at: string): readonly Difference[] {
  return a === b ? NONE : [{ path: at, from: a, to: b }];
}

/** A number of 64 bits; `json` gives its JSON form. */
export function diffWide(a: bigint, b: bigint, at: string, json: (value: bigint) => string): readonly Difference[] {
  return a === b ? NONE : [{ path: at, from: json(a), to: json(b) }];
}

export function diffNullable<T>(
  a: T | undefined,
  b: T | undefined,
  at: string,
  json: (value: T) => JsonValue,
  each: Each<T>,
): readonly Difference[] {
  if (a !== undefined && b !== undefined) return each(a, b, at);
  if (a === b) return NONE;
  return [{ path: at, from: a === undefined ? null : json(a), to: b === undefined ? null : json(b) }];
}

/** A length that differs, and what differs in the elements that both have. */
export function diffElements<T>(a: readonly T[], b: readonly T[], at: string, each: Each<T>): readonly Difference[] {
  const found = [...diffValue(a.length, b.length, `${at}.length`)];
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) for (const one of each(a[i] as T, b[i] as T, `${at}[${i}]`)) found.push(one);
  return found;
}

/** A length that differs, and each run of bytes that do. */
export function diffBytes(a: Uint8Array, b: Uint8Array, at: string): readonly Difference[] {
  const found = [...diffValue(a.length, b.length, `${at}.length`)];
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) {
    if (a[i] === b[i]) continue;
    const first = i;
    while (i + 1 < common && a[i + 1] !== b[i + 1]) i++;
    const path = first === i ? `${at}[${i}]` : `${at}[${first}..${i}]`;
    found.push({ path, from: hexBytes(a.subarray(first, i + 1)), to: hexBytes(b.subarray(first, i + 1)) });
  }
  return found;
}
