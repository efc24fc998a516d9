import type { Workload } from "./workload.ts";

export interface HotAndColdOptions {
  /** Share of the pages that are hot; 0.1 unless said otherwise. */
  readonly hotPages?: number;
  /** Share of the writes that go to them; 0.9 unless said otherwise. */
  readonly hotWrites?: number;
}

/** A few pages that most writes go to, and the others. */
export const hotAndCold: Workload<HotAndColdOptions> = {
  store: "page",
  order: ({ hotPages = 0.1, hotWrites = 0.9 }, pages) => {
    const hot = Math.min(pages, Math.max(1, Math.round(hotPages * pages)));
    const limit = hotWrites * 2 ** 32;
    // What is left of the random bits is spread over the pages.
    return (_n, random) => {
      if (random < limit) return Math.floor((random / limit) * hot);
      return hot === pages ? random % pages : hot + Math.floor(((random - limit) / (2 ** 32 - limit)) * (pages - hot));
    };
  },
};
