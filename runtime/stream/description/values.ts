import { hex64 } from "../../codec/json.ts";
import { isZero } from "../../ram/zero-page.ts";

// Values of fields, as JSON: FORMAT.md, JSON form of a state. What is no scalar, or a scalar that no sender writes, is the hex digits of its
// bytes; 0 stands for many bytes that are all zero.

export type FieldValue = number | boolean | string;

interface Scalar {
  readonly size: number;
  /** Undefined for bytes that no sender writes, a bool of 3 for one. */
  readonly read: (d: DataView, at: number) => FieldValue | undefined;
  /** False when the value is none of the kind. */
  readonly write: (d: DataView, at: number, value: FieldValue) => boolean;
}

function integer(size: 1 | 2 | 4, signed: boolean): Scalar {
  const bits = 8 * size;
  const [least, most] = signed ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  return {
    size,
    read: (d, at) => (signed ? SIGNED : UNSIGNED)[size](d, at),
    write: (d, at, value) => {
      if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) return false;
      if (size === 1) d.setUint8(at, value);
      else if (size === 2) d.setUint16(at, value);
      else d.setUint32(at, value);
      return true;
    },
  };
}

const SIGNED = {
  1: (d: DataView, at: number) => d.getInt8(at),
  2: (d: DataView, at: number) => d.getInt16(at),
  4: (d: DataView, at: number) => d.getInt32(at),
};
const UNSIGNED = {
  1: (d: DataView, at: number) => d.getUint8(at),
  2: (d: DataView, at: number) => d.getUint16(at),
  4: (d: DataView, at: number) => d.getUint32(at),
};

/** 64 bits as they are. */
const bits64: Scalar = {
  size: 8,
  read: (d, at) => hex64(d.getBigUint64(at)),
  write: (d, at, value) => {
    if (typeof value !== "string" || !/^0x[0-9a-f]{1,16}$/.test(value)) return false;
    d.setBigUint64(at, BigInt(value));
    return true;
  },
};

const signed64: Scalar = {
  size: 8,
  read: (d, at) => `${d.getBigInt64(at)}`,
  write: (d, at, value) => {
    if (typeof value !== "string" || !/^-?\d{1,19}$/.test(value) || BigInt.asIntN(64, BigInt(value)) !== BigInt(value)) return false;
    d.setBigInt64(at, BigInt(value));
    return true;
  },
};

const bool: Scalar = {
  size: 1,
  read: (d, at) => (d.getUint8(at) > 1 ? undefined : d.getUint8(at) === 1),
  write: (d, at, value) => {
    if (typeof value !== "boolean") return false;
    d.setUint8(at, value ? 1 : 0);
    return true;
  },
};

const SCALARS: Readonly<Record<string, Scalar>> = {
  bool,
  uint8: integer(1, false),
  uint16: integer(2, false),
  uint32: integer(4, false),
  uint64: bits64,
  int8: integer(1, true),
  int16: integer(2, true),
  int32: integer(4, true),
  int64: signed64,
  "int32 le": integer(4, true),
  "uint8 equal": integer(1, false),
  "uint16 equal": integer(2, false),
  "int32 equal": integer(4, true),
  "uint32 equal": integer(4, false),
  // Its kind's name is a slip of QEMU's: it is an unsigned one.
  "int64 equal": bits64,
  timer: signed64,
  float64: bits64,
  CPU_Double_U: bits64,
};

/** The value at `at`; hex digits for what is no scalar. */
export function readValue(type: string, size: number, view: DataView, at: number): FieldValue {
  const scalar = Object.hasOwn(SCALARS, type) ? SCALARS[type] : undefined;
  const value = scalar?.size === size ? scalar.read(view, at) : undefined;
  return value ?? hex(Buffer.from(view.buffer, view.byteOffset + at, size));
}

/** Puts a value back; false when it is none of that type and size. */
export function writeValue(type: string, size: number, view: DataView, at: number, value: unknown): boolean {
  const scalar = Object.hasOwn(SCALARS, type) ? SCALARS[type] : undefined;
  if (scalar?.size === size && scalar.write(view, at, value as FieldValue)) return true;
  // The bytes are zero already.
  if (value === 0 && size >= MANY) return true;
  if (typeof value !== "string" || value.length !== 2 * size || !/^[0-9a-f]*$/.test(value)) return false;
  Buffer.from(view.buffer, view.byteOffset + at, size).write(value, "hex");
  return true;
}

const MANY = 16;

function hex(bytes: Buffer): FieldValue {
  return bytes.length >= MANY && isZero(bytes) ? 0 : bytes.toString("hex");
}
