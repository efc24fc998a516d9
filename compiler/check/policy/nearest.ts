import { closest, distance } from "fastest-levenshtein";

/** The known word that was most likely meant; undefined when none is near enough to be worth a guess. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = word.toLowerCase();
  const guess = closest(lower, known as string[]);
  return distance(lower, guess.toLowerCase()) <= Math.max(2, Math.floor(word.length / 3)) ? guess : undefined;
}
