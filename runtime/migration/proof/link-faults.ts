/** What goes wrong with the bytes of one direction when those before byte `at` have come through. */
export type Fault = { readonly at: number } & (
  | { readonly kind: "cut" }
  /** What comes from there on comes that much later, for ever with Infinity; who writes soon has to wait. */
  | { readonly kind: "stall"; readonly milliseconds: number }
  /** As behind a peer whose host lost its power: writes go well, and nothing comes. */
  | { readonly kind: "drop" }
  /** The byte has these bits changed. */
  | { readonly kind: "corrupt"; readonly bits: number }
);

export type Direction = "there" | "back";
export type FaultPlan = Readonly<Partial<Record<Direction, readonly Fault[]>>>;

export type RandomNumber = () => number;

/** The same numbers in every run, from 0 to below 1 (mulberry32). */
export function seededNumbers(seed: number): RandomNumber {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One fault somewhere in a move that sends so many bytes in each direction; a dead peer is dead in both. */
export function drawFaults(random: RandomNumber, bytes: Readonly<Record<Direction, number>>): FaultPlan {
  // Half of them in either direction: the way back has few bytes, and each of them decides.
  const direction: Direction = random() < 0.5 ? "there" : "back";
  const other: Direction = direction === "there" ? "back" : "there";
  const at = Math.floor(random() * (bytes[direction] + 1));
  switch (Math.floor(random() * 5)) {
    case 0:
      return { [direction]: [{ kind: "cut", at }] };
    case 1:
      return { [direction]: [{ kind: "stall", at, milliseconds: Math.floor(random() * 20_000) }] };
    case 2:
      return { [direction]: [{ kind: "stall", at, milliseconds: Number.POSITIVE_INFINITY }] };
    case 3:
      return { [direction]: [{ kind: "drop", at }], [other]: [{ kind: "drop", at: Math.floor(random() * (bytes[other] + 1)) }] };
    default:
      return { [direction]: [{ kind: "corrupt", at, bits: 1 << Math.floor(random() * 8) }] };
  }
}
