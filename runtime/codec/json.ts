import { JsonError } from "./errors.ts";

// The JSON form of a state: FORMAT.md. What generated code writes it and reads it with. What is read comes from outside: nothing of it is
// trusted, and the first thing that is wrong is told by its path.

export type JsonValue = number | boolean | string | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** An unsigned number of 64 bits. */
export function hex64(value: bigint): string {
  return `0x${value.toString(16)}`;
}

export function hexBytes(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** An object with these members and no others. */
export function asObject(json: unknown, at: string, keys: readonly string[]): { readonly [key: string]: unknown } {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw wrongType(json, at, "an object");
  for (const key of keys) if (!Object.hasOwn(json, key)) throw new JsonError("missing", join(at, key), `'${join(at, key)}' is missing.`);
  const strange = Object.keys(json).find((key) => !keys.includes(key));
  if (strange === undefined) return json as { readonly [key: string]: unknown };
  const shown = at === "" ? "The state" : `'${at}'`;
  throw new JsonError("unknown", join(at, strange), `${shown} has a member ${show(strange)}, which is not known.`);
}

/** An array of `least` to `most` elements, each taken by `one`. */
export function asElements<T>(json: unknown, at: string, least: number, most: number, one: (json: unknown, at: string) => T): T[] {
  if (!Array.isArray(json)) throw wrongType(json, at, "an array");
  checkLength(json.length, at, least, most, "elements");
  const elements: T[] = [];
  for (let i = 0; i < json.length; i++) elements.push(one(json[i], `${at}[${i}]`));
  return elements;
}

/** A node of a tree. */
export function asNode<K, V>(
  json: unknown,
  at: string,
  key: (json: unknown, at: string) => K,
  value: (json: unknown, at: string) => V,
): { key: K; value: V } {
  const o = asObject(json, at, NODE);
  return { key: key(o.key, `${at}.key`), value: value(o.value, `${at}.value`) };
}

const NODE = ["key", "value"];

export function asBool(json: unknown, at: string): boolean {
  if (typeof json !== "boolean") throw wrongType(json, at, "true or false");
  return json;
}

export function asInteger(json: unknown, at: string, least: number, most: number): number {
  if (!Number.isInteger(json)) throw wrongType(json, at, `an integer from ${least} to ${most}`);
  const value = json as number;
  if (value < least || value > most) throw new JsonError("range", at, `${subject(at)} is ${value}; it may be ${least} to ${most}.`);
  // JSON has a -0, no field has.
  return value === 0 ? 0 : value;
}

export const asUint8 = (json: unknown, at: string): number => asInteger(json, at, 0, 0xff);
export const asUint16 = (json: unknown, at: string): number => asInteger(json, at, 0, 0xffff);
export const asUint32 = (json: unknown, at: string): number => asInteger(json, at, 0, 0xffff_ffff);
export const asInt8 = (json: unknown, at: string): number => asInteger(json, at, -0x80, 0x7f);
export const asInt16 = (json: unknown, at: string): number => asInteger(json, at, -0x8000, 0x7fff);
export const asInt32 = (json: unknown, at: string): number => asInteger(json, at, -0x8000_0000, 0x7fff_ffff);

export function asHex64(json: unknown, at: string): bigint {
  const form = `a string of "0x" and 1 to 16 lower-case hex digits without leading zeros`;
  if (typeof json !== "string") throw wrongType(json, at, form);
  if (!/^0x(0|[1-9a-f][0-9a-f]{0,15})$/.test(json)) throw new JsonError("form", at, `${subject(at)} is ${show(json)}; it must be ${form}.`);
  return BigInt(json);
}

export function asInt64(json: unknown, at: string): bigint {
  const form = "a string of decimal digits without leading zeros";
  if (typeof json !== "string") throw wrongType(json, at, form);
  // The length is looked at first: a bigint of a million digits takes seconds.
  if (!/^(0|-?[1-9]\d{0,18})$/.test(json)) throw new JsonError("form", at, `${subject(at)} is ${show(json)}; it must be ${form}.`);
  const value = BigInt(json);
  if (value === BigInt.asIntN(64, value)) return value;
  throw new JsonError("range", at, `${subject(at)} is ${json}; it may be -9223372036854775808 to 9223372036854775807.`);
}

/** From `least` to `most` bytes. */
export function asBytes(json: unknown, at: string, least: number, most: number): Uint8Array {
  const form = "a string of two lower-case hex digits for each byte";
  if (typeof json !== "string") throw wrongType(json, at, form);
  if (json.length % 2 > 0 || !/^[0-9a-f]*$/.test(json))
    throw new JsonError("form", at, `${subject(at)} is ${show(json)}; it must be ${form}.`);
  checkLength(json.length / 2, at, least, most, "bytes");
  const bytes = new Uint8Array(json.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(json.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

function checkLength(length: number, at: string, least: number, most: number, what: string): void {
  if (length >= least && length <= most) return;
  if (least === most) throw new JsonError("length", at, `${subject(at)} has ${length} ${what}; it must have ${most}.`);
  throw new JsonError("limit", at, `${subject(at)} has ${length} ${what}; it may have ${least} to ${most}.`);
}

function wrongType(json: unknown, at: string, expected: string): JsonError {
  return new JsonError("type", at, `${subject(at)} is ${show(json)}; it must be ${expected}.`);
}

function subject(at: string): string {
  return at === "" ? "The state" : `'${at}'`;
}

/** The path of a member of what is at a path. */
function join(at: string, key: string): string {
  return at === "" ? key : `${at}.${key}`;
}

const SHOWN = 60;

/** A value from outside in a message: short, and on one line. */
function show(json: unknown): string {
  if (Array.isArray(json)) return "an array";
  if (typeof json === "object" && json !== null) return "an object";
  if (typeof json !== "string") return String(json);
  return json.length > SHOWN ? `${JSON.stringify(json.slice(0, SHOWN))}…` : JSON.stringify(json);
}
