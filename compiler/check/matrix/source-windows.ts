import { worst } from "../verdict.ts";
import type { SourceWindow } from "./matrix.ts";
import { type Lookup, loads } from "./pairing.ts";

/** For each build, the oldest one whose state it still loads, and what between them it refuses. */
export function windowsOf(builds: readonly string[], lookup: Lookup): SourceWindow[] {
  return builds.map((to, at) => {
    const upTo = builds.slice(0, at + 1);
    const loaded = upTo.map((_, from) => loads(lookup(from, at)));
    const oldest = loaded.indexOf(true);
    const first = oldest < 0 ? at : oldest;
    return {
      to,
      oldest: builds[first] as string,
      except: upTo.filter((_, from) => from > first && !loaded[from]),
      refused: upTo.slice(0, first),
      verdict: worst(upTo.flatMap((_, from) => (loaded[from] ? [lookup(from, at).outcome.verdict] : []))),
    };
  });
}
