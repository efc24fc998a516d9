import { rule } from "../rule.ts";

export const subsectionAddedInDest = rule({
  id: "subsection-added-in-dest",
  on: "subsection",
  level: "info",
  summary: "the receiver knows a subsection that the sender never sends",
  why: "A subsection that does not come is no error; its fields keep what reset and pre_load gave them.",
  fix: "See that these values are right for a guest that never had the subsection.",
  check: ({ from, to }) =>
    from === undefined && to !== undefined
      ? { message: `Subsection '${to.vmsd.name}' never comes; its state stays at the receiver's default.` }
      : undefined,
});
