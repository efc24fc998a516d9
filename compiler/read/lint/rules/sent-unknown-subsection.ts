import { didYouMean } from "../../nearest.ts";
import { bodiesOf } from "../../nested.ts";
import { lintRule } from "../lint-rule.ts";

export const sentUnknownSubsection = lintRule({
  id: "sent-unknown-subsection",
  on: "field",
  level: "error",
  summary: "a sent field tells of a subsection that is not there",
  part: "kind",
  check: ({ field: { key, kind }, parent: { vmsd } }) => {
    if (kind.kind !== "sent") return undefined;
    const names = bodiesOf(vmsd).flatMap(({ body, outer }) => (outer.length > 0 ? [body.name] : []));
    if (names.includes(kind.subsection)) return undefined;
    return `Field '${key}' tells whether '${kind.subsection}' was sent, which is no subsection of '${vmsd.name}'${didYouMean(kind.subsection, names)}.`;
  },
});
