import { distance } from "fastest-levenshtein";

/** The names nearest to one that does not exist, best first; none when nothing is near enough to be a slip. */
export function suggest(wrong: string, names: readonly string[], most = 3): string[] {
  const limit = Math.max(2, Math.floor(wrong.length / 3));
  const word = wrong.toLowerCase();
  return [...new Set(names)]
    .map((name) => ({ name, far: farness(word, name) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** The beginning of a long name counts nearly as much as the whole: few people type all of it. */
function farness(word: string, name: string): number {
  if (word.length > 2 && name.includes(word)) return 0;
  return Math.min(distance(word, name), distance(word, name.slice(0, word.length)) + 1);
}
