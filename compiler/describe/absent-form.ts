import type { JsonValue } from "../ir.ts";

/** Elements, members or hex digits from which on zeros are not written out. */
const MANY = 4;

/** A value of many parts that are all zero is written as 0: the state of a device has register files and rings of thousands. */
export function absentForm(value: JsonValue): JsonValue {
  return partsOf(value) >= MANY && isZero(value) ? 0 : value;
}

function partsOf(value: JsonValue): number {
  if (typeof value === "string") return /^(00)*$/.test(value) ? value.length : 0;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

function isZero(value: JsonValue): boolean {
  if (typeof value === "string") return /^(0x)?0*$/.test(value);
  if (typeof value === "object") return value !== null && Object.values(value).every(isZero);
  return value === 0 || value === false;
}
