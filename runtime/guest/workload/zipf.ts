import type { Workload } from "./workload.ts";

export interface ZipfOptions {
  /** 1 unless said otherwise; the higher, the more goes to few pages. */
  readonly exponent?: number;
}

/** A prime above all numbers of pages: it puts those that are often written to far apart, each in a place of its own. */
const SCATTER = 4294967311;

/** The page of rank r is written to about 1/r^exponent as often as the first. */
export const zipf: Workload<ZipfOptions> = {
  store: "page",
  order: ({ exponent = 1 }, pages) => {
    const power = 1 - exponent;
    // The inverse of the distribution, taken as a continuous one.
    const range = power === 0 ? Math.log(pages) : pages ** power - 1;
    return (_n, random) => {
      const share = random / 2 ** 32;
      const rank = power === 0 ? Math.exp(share * range) : (1 + share * range) ** (1 / power);
      return ((Math.min(Math.floor(rank), pages) - 1) * (SCATTER % pages)) % pages;
    };
  },
};
