import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";

export const subsectionNamePrefix = rule({
  id: "subsection-name-prefix",
  on: "subsection",
  level: "error",
  summary: "the receiver does not recognise a subsection by its name",
  why: "A subsection is recognised only when its name begins with the name of the description it belongs to and is longer. Otherwise the loader stops reading subsections and takes the bytes for what follows.",
  fix: "Keep the name of a description that has subsections, or name new subsections after it.",
  check: ({ frame, from, to }) => {
    if (from === undefined || to === undefined) return undefined;
    const [sender, receiver, { name }] = [frame.from.vmsd.name, frame.to.vmsd.name, from.vmsd];
    // A name that already breaks the sender's own rule is no difference between the builds; lint reports it.
    if (isUnder(name, receiver) || !isUnder(name, sender)) return undefined;
    return {
      message: `Subsection '${name}' is not taken for a part of '${receiver}', as its parent is called on the loading side.`,
      predictedError: predict.footer(frame),
    };
  },
});

function isUnder(name: string, parent: string): boolean {
  return name.startsWith(parent) && name.length > parent.length;
}
