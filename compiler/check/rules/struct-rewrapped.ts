import { rule } from "../rule.ts";
import { describeSlots } from "./parts/words.ts";

export const structRewrapped = rule({
  id: "struct-rewrapped",
  on: "field",
  level: "info",
  summary: "fields moved into a struct or out of one",
  why: "A struct adds nothing to the wire: its fields stand one after the other as if they were the parent's.",
  fix: "Nothing.",
  check: ({ relation, from, to }) =>
    relation === "rewrapped" ? { message: `${describeSlots(from)} and ${describeSlots(to)} put the same bytes on the wire.` } : undefined,
});
