import type { Sink } from "./context.ts";

/** Problems that are told of a stream: one that is wrong at every byte would otherwise take many times its own size. */
const MOST = 10_000;

/** The same sink, which is told no more problems than that. */
export function fewProblems({ item, section, page, pages, problem }: Sink): Sink {
  let told = 0;
  return {
    item,
    section,
    page,
    pages,
    problem: (each) => {
      told++;
      if (told <= MOST) problem(each);
      else if (told === MOST + 1)
        problem({
          code: "more-problems",
          at: each.at,
          path: each.path,
          message: `From here on more is wrong than the ${MOST} problems before.`,
        });
    },
  };
}
