import { rule } from "../rule.ts";

export const numUnknown = rule({
  id: "num-unknown",
  on: "metadata",
  level: "info",
  summary: "one build does not say how many elements its arrays have",
  why: "QEMU writes `num` into dumps since 8.1. Without it the length of an array cannot be compared; a changed one is not seen.",
  fix: "Nothing, if the older build is given; a stream of it carries the counts.",
  check: ({ from, to }) =>
    from.countsKnown === to.countsKnown ? undefined : { message: "One of the two files has no array lengths; they were not compared." },
});
