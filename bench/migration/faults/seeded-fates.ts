import { type Fate, type Places, suffer } from "./suffer.ts";

export interface Seeds {
  /** The first of so many in a row. */
  readonly seed: number;
  readonly count: number;
  readonly places: Places;
  /** Hears of each when it is known. */
  readonly told?: (fate: Fate) => void;
}

/** Moves at one time: each is two processes. */
const AT_ONCE = 2;

export async function seededFates({ seed, count, places, told }: Seeds): Promise<readonly Fate[]> {
  const fates: Fate[] = [];
  let next = seed;
  const work = async (): Promise<void> => {
    while (next < seed + count) {
      const number = next++;
      const fate = await suffer(number, places).catch((cause: unknown) => {
        throw new Error(`The move of seed ${number} could not be made.`, { cause });
      });
      fates.push(fate);
      told?.(fate);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return fates.toSorted((a, b) => a.seed - b.seed);
}
