/** A state of its own that is the same: states are plain objects, arrays, bytes and numbers. */
export function copyState<T>(state: T): T {
  return copy(state, SAME) as T;
}

/**
 * A state of the same shape in which no number, byte or truth value is what it was: what a load leaves as it is shows then, whatever the
 * reset made of it. Twice gives back the first.
 */
export function poisonedCopy<T>(state: T): T {
  return copy(state, OTHER) as T;
}

interface Leaves {
  readonly number: (value: number) => number;
  readonly bigint: (value: bigint) => bigint;
  readonly boolean: (value: boolean) => boolean;
  readonly numbers: (values: number[]) => number[];
  readonly bytes: (values: Uint8Array) => Uint8Array;
}

const SAME: Leaves = {
  number: (value) => value,
  bigint: (value) => value,
  boolean: (value) => value,
  numbers: (values) => values.slice(),
  bytes: (values) => new Uint8Array(values),
};

const OTHER: Leaves = {
  number: (value) => -1 - value,
  bigint: (value) => ~value,
  boolean: (value) => !value,
  numbers: (values) => {
    const others = new Array<number>(values.length);
    for (let i = 0; i < values.length; i++) others[i] = -1 - (values[i] as number);
    return others;
  },
  bytes: (values) => {
    const others = new Uint8Array(values);
    for (let i = 0; i < others.length; i++) others[i] = ~(others[i] as number);
    return others;
  },
};

function copy(value: unknown, leaves: Leaves): unknown {
  switch (typeof value) {
    case "number":
      return leaves.number(value);
    case "bigint":
      return leaves.bigint(value);
    case "boolean":
      return leaves.boolean(value);
    case "object":
      break;
    default:
      return value;
  }
  if (value === null) return value;
  if (value instanceof Uint8Array) return leaves.bytes(value);
  if (Array.isArray(value)) return areNumbers(value) ? leaves.numbers(value) : value.map((each) => copy(each, leaves));
  const made: Record<string, unknown> = {};
  for (const key in value) made[key] = copy((value as Record<string, unknown>)[key], leaves);
  return made;
}

/** By the first, as elements of an array are of one kind: those of numbers are long and many. */
export function areNumbers(values: readonly unknown[]): values is number[] {
  return typeof values[0] === "number";
}
