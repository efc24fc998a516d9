import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";

export const subsectionRemovedInDest = rule({
  id: "subsection-removed-in-dest",
  on: "subsection",
  level: "warning",
  summary: "the sender may send a subsection that the receiver does not know",
  why: "An unknown subsection is refused, and with it the section. Whether it is sent depends on the sender's needed().",
  fix: "Keep knowing every subsection that a supported build can send; towards an older build, let a property of the machine type keep needed() false.",
  check: ({ frame, from, to }) =>
    from === undefined || to !== undefined
      ? undefined
      : {
          certainty: "depends",
          message: `Subsection '${from.vmsd.name}' is refused if it is sent${from.vmsd.needed === undefined ? "" : `, which is when ${from.vmsd.needed}`}.`,
          predictedError: predict.unknownSubsection(frame),
          advice: `Let needed() of "${from.vmsd.name}" be false unless the guest really uses that state, and false for machine types of the build that does not know it (a property, set in hw_compat).`,
        },
});
