/** A name that stands once on each side: where, and how much alike the two fields are. */
export interface Candidate {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/**
 * The heaviest choice of candidates that come in the same order on both sides, ascending. `candidates` ascend by `from`. O(n log n): the
 * heaviest choice that ends below each place of the other side is kept in a Fenwick tree.
 */
export function heaviestInStep(candidates: readonly Candidate[], length: number): Candidate[] {
  const tree: number[] = new Array(length + 1).fill(-1);
  const totals: number[] = [];
  const previous: number[] = [];
  const total = (at: number): number => (at < 0 ? 0 : (totals[at] as number));
  let best = -1;
  candidates.forEach(({ to, weight }, at) => {
    let before = -1;
    for (let place = to; place > 0; place -= place & -place) {
      const ending = tree[place] as number;
      if (total(ending) > total(before)) before = ending;
    }
    previous[at] = before;
    totals[at] = total(before) + weight;
    for (let place = to + 1; place <= length; place += place & -place) {
      if (total(at) > total(tree[place] as number)) tree[place] = at;
    }
    if (total(at) > total(best)) best = at;
  });
  const chosen: Candidate[] = [];
  for (let at = best; at >= 0; at = previous[at] as number) chosen.push(candidates[at] as Candidate);
  return chosen.reverse();
}
