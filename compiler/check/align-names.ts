/** Above this many cells the exact table gives way to anchoring on names that are unique on both sides. */
const MAX_CELLS = 1_000_000;

/** A slot as the alignment sees it. */
export interface Key {
  readonly name: string;
  readonly conditional: boolean;
  /** Size and count, to tell namesakes of one list apart. */
  readonly shape: string;
}

/**
 * Pairs of indexes of the heaviest common subsequence of two key lists, ascending. Names must be equal; of several namesakes the one that is
 * as conditional and as long is preferred. Independent of the order of its arguments, so that both directions of a check blame the same field.
 */
export function alignNames(from: readonly Key[], to: readonly Key[]): [number, number][] {
  let head = 0;
  while (head < from.length && head < to.length && isSame(from[head], to[head])) head++;
  let tail = 0;
  while (tail < from.length - head && tail < to.length - head && isSame(from[from.length - 1 - tail], to[to.length - 1 - tail])) tail++;
  const pairs: [number, number][] = [];
  for (let at = 0; at < head; at++) pairs.push([at, at]);
  for (const [i, j] of alignMiddle(from.slice(head, from.length - tail), to.slice(head, to.length - tail)))
    pairs.push([i + head, j + head]);
  for (let at = tail; at > 0; at--) pairs.push([from.length - at, to.length - at]);
  return pairs;
}

function isSame(a: Key | undefined, b: Key | undefined): boolean {
  return a?.name === b?.name && a?.conditional === b?.conditional && a?.shape === b?.shape;
}

function alignMiddle(from: readonly Key[], to: readonly Key[]): [number, number][] {
  if (from.length === 0 || to.length === 0) return [];
  const text = (keys: readonly Key[]): string => keys.map(({ name, conditional, shape }) => `${name}\0${conditional}\0${shape}`).join("\0");
  if (text(from) > text(to)) return alignMiddle(to, from).map(([left, right]) => [right, left]);
  return from.length * to.length <= MAX_CELLS ? exact(from, to) : anchored(from, to);
}

function exact(from: readonly Key[], to: readonly Key[]): [number, number][] {
  const width = to.length + 1;
  const heaviest = new Uint32Array((from.length + 1) * width);
  const at = (i: number, j: number): number => heaviest[i * width + j] as number;
  for (let i = from.length - 1; i >= 0; i--) {
    const a = from[i] as Key;
    for (let j = to.length - 1, cell = i * width + j; j >= 0; j--, cell--) {
      const b = to[j] as Key;
      const below = heaviest[cell + width] as number;
      const beside = heaviest[cell + 1] as number;
      let best = below > beside ? below : beside;
      if (a.name === b.name) best = Math.max(best, weightOf(a, b) + (heaviest[cell + width + 1] as number));
      heaviest[cell] = best;
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < from.length && j < to.length; ) {
    const own = weightOf(from[i] as Key, to[j] as Key);
    if (own > 0 && at(i, j) === own + at(i + 1, j + 1)) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** Another namesake counts for more than any choice among namesakes. */
function weightOf(a: Key, b: Key): number {
  return a.name === b.name ? 6 + (a.conditional === b.conditional ? 2 : 0) + (a.shape === b.shape ? 1 : 0) : 0;
}

/** Longest increasing run over names that occur once on each side: O(n log n) for lists that no real device has. */
function anchored(from: readonly Key[], to: readonly Key[]): [number, number][] {
  const once = uniqueIndexes(to);
  const candidates: [number, number][] = [];
  for (const [name, i] of uniqueIndexes(from)) {
    const j = once.get(name);
    if (j !== undefined) candidates.push([i, j]);
  }
  const tops: number[] = [];
  const previous: number[] = [];
  for (let at = 0; at < candidates.length; at++) {
    const target = (candidates[at] as [number, number])[1];
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((candidates[tops[middle] as number] as [number, number])[1] < target) low = middle + 1;
      else high = middle;
    }
    previous[at] = low > 0 ? (tops[low - 1] as number) : -1;
    tops[low] = at;
  }
  const pairs: [number, number][] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = previous[at] as number) pairs.unshift(candidates[at] as [number, number]);
  return pairs;
}

function uniqueIndexes(keys: readonly Key[]): Map<string, number> {
  const seen = new Map<string, number>();
  const repeated = new Set<string>();
  keys.forEach(({ name }, index) => {
    if (seen.has(name)) repeated.add(name);
    seen.set(name, index);
  });
  for (const name of repeated) seen.delete(name);
  return seen;
}
