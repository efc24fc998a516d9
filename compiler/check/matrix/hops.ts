import { worst } from "../verdict.ts";
import type { Hop } from "./matrix.ts";
import { type Lookup, loads } from "./pairing.ts";

/** For each pair that is incompatible, the shortest chain of builds between the two of which every step loads. */
export function hopsOf(builds: readonly string[], lookup: Lookup): Hop[] {
  const hops: Hop[] = [];
  for (let from = 0; from < builds.length; from++) {
    for (let to = 0; to < builds.length; to++) {
      if (from === to || loads(lookup(from, to))) continue;
      const chain = shortestChain(from, to, lookup);
      if (chain === undefined) continue;
      const name = (at: number): string => builds[at] as string;
      const verdicts = chain.slice(1).map((at, step) => lookup(chain[step] as number, at).outcome.verdict);
      hops.push({ from: name(from), to: name(to), via: chain.slice(1, -1).map(name), verdict: worst(verdicts) });
    }
  }
  return hops;
}

/** Breadth first, and only towards the goal: a detour over a newer or an older build is nothing an operator would do. */
function shortestChain(from: number, to: number, lookup: Lookup): number[] | undefined {
  const towards = Math.sign(to - from);
  const queue: number[][] = [[from]];
  const reached = new Set([from]);
  for (let chain = queue.shift(); chain !== undefined; chain = queue.shift()) {
    const last = chain[chain.length - 1] as number;
    if (last === to) return chain;
    for (let next = last + towards; (to - next) * towards >= 0; next += towards) {
      if (reached.has(next) || !loads(lookup(last, next))) continue;
      reached.add(next);
      queue.push([...chain, next]);
    }
  }
  return undefined;
}
