import type { Vmsd } from "../../describe/index.ts";
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
          ...(from.vmsd.decided === "present" ? { level: "error" } : { certainty: "depends" }),
          message: `Subsection '${from.vmsd.name}' is refused${whenSent(from.vmsd)}.`,
          predictedError: predict.unknownSubsection(frame),
          advice: `Let needed() of "${from.vmsd.name}" be false unless the guest really uses that state, and false for machine types of the build that does not know it (a property, set in hw_compat).`,
        },
});

function whenSent({ decided, needed }: Vmsd): string {
  if (decided === "present") return ", and this machine type always sends it";
  return ` if it is sent${needed === undefined ? "" : `, which is when ${needed}`}`;
}
