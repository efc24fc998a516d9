import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";

export const subsectionVersion = rule({
  id: "subsection-version",
  on: "subsection",
  level: "warning",
  summary: "a subsection comes with a version that the receiver does not accept",
  why: "A subsection has a version of its own on the wire, which must lie between the receiver's minimum and its newest. It is refused only if it is sent.",
  fix: "Keep the version of a released subsection; add another subsection for more state.",
  check: ({ from, to }) => {
    if (from === undefined || to === undefined) return undefined;
    const { name, version_id: sent } = from.vmsd;
    const { version_id: known, minimum_version_id: least = 0 } = to.vmsd;
    if (sent > known) {
      return {
        certainty: "depends",
        message: `If '${name}' is sent, it comes as version ${sent}; the loading side knows up to ${known}.`,
        predictedError: predict.tooNew(name, sent, known),
      };
    }
    if (sent < least) {
      return {
        certainty: "depends",
        message: `If '${name}' is sent, it comes as version ${sent}; the loading side accepts ${least} and later.`,
        predictedError: predict.tooOld(name, sent, least),
      };
    }
    return undefined;
  },
});
