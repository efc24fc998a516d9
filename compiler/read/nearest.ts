import { closest, distance } from "fastest-levenshtein";

/** `; the nearest is 'divider'` when one of the known names is near enough, nothing otherwise. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const names = [...known];
  if (names.length === 0) return "";
  const guess = closest(name, names);
  const away = distance(name, guess);
  // Between names of one or two letters every other is near.
  return away < Math.min(name.length, guess.length) && away <= Math.max(2, Math.floor(name.length / 3))
    ? `; the nearest is '${guess}'`
    : "";
}
