import { type Difference, diffBytes, type JsonValue } from "../codec/v1.ts";
import { areNumbers } from "./copy-state.ts";

/** Whether two states hold the same. */
export function sameState(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (a instanceof Uint8Array) return b instanceof Uint8Array && sameBytes(a, b);
  if (Array.isArray(a)) return Array.isArray(b) && sameElements(a, b);
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  let more = 0;
  for (const key in one) {
    const [held, others] = [one[key], other[key]];
    if (held !== others && !sameState(held, others)) return false;
    more--;
  }
  for (const _ in other) more++;
  return more === 0;
}

// One loop for each kind of array: one for all of them would be several times as slow.

function sameElements(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  if (areNumbers(a) && areNumbers(b)) return sameNumbers(a, b);
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !sameState(a[i], b[i])) return false;
  return true;
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/**
 * What is not the same, in field order, by paths as those of a codec's view: `ring[3].addr`, `data[2..5]`, `ring.length`. A codec's own view
 * knows nothing of what a device holds beside its fields, and that is lost as well.
 */
export function differencesOf(a: unknown, b: unknown, at = ""): readonly Difference[] {
  if (sameState(a, b)) return [];
  if (a instanceof Uint8Array && b instanceof Uint8Array) return diffBytes(a, b, at);
  if (Array.isArray(a) && Array.isArray(b)) return differingElements(a, b, at);
  if (isObject(a) && isObject(b)) {
    const keys = [...Object.keys(a), ...Object.keys(b).filter((key) => !(key in a))];
    return keys.flatMap((key) => differencesOf(a[key], b[key], at === "" ? key : `${at}.${key}`));
  }
  return [{ path: at, from: shown(a), to: shown(b) }];
}

function differingElements(a: readonly unknown[], b: readonly unknown[], at: string): readonly Difference[] {
  const common = Math.min(a.length, b.length);
  return [
    ...(a.length === b.length ? [] : [{ path: `${at}.length`, from: a.length, to: b.length }]),
    ...a.slice(0, common).flatMap((each, i) => differencesOf(each, b[i], `${at}[${i}]`)),
  ];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** In JSON; numbers of 64 bits as decimal strings, as nothing here knows whether they have a sign. */
function shown(value: unknown): JsonValue {
  if (value === undefined || value === null) return null;
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object") return value as JsonValue;
  return JSON.parse(JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each))) as JsonValue;
}
