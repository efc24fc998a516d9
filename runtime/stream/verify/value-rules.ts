import type { Finding } from "./findings.ts";

/** What holds for every value of a kind. */
export interface ValueRule {
  readonly level: Finding["level"];
  /** Bytes of a value; nothing where it may have any number. */
  readonly size?: number;
  readonly holds: (byte: number) => boolean;
  /** What it says of the first byte for which it does not hold. */
  readonly message: (byte: number) => string;
}

/** By the kind's name in a description. */
export const VALUE_RULES: Readonly<Record<string, ValueRule>> = {
  bool: {
    level: "error",
    size: 1,
    holds: (byte) => byte <= 1,
    message: (byte) => `A bool is ${byte}; it is 0 or 1.`,
  },
  nullptr: {
    level: "error",
    size: 1,
    holds: (byte) => byte === NULL_MARK,
    message: (byte) => `A null pointer is the byte 0x${byte.toString(16)}; it is 0x${NULL_MARK.toString(16)}.`,
  },
  // No receiver looks at it.
  unused_buffer: {
    level: "note",
    holds: (byte) => byte === 0,
    message: (byte) => `Padding holds ${byte}; every sender fills it with 0.`,
  },
};

const NULL_MARK = 0x30;
