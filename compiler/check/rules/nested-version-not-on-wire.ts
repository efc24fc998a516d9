import { rule } from "../rule.ts";
import { behindNestedVersion } from "./parts/nested-version.ts";
import { predict } from "./parts/predict.ts";
import { describeSlot } from "./parts/words.ts";

export const nestedVersionNotOnWire = rule({
  id: "nested-version-not-on-wire",
  on: "field",
  level: "error",
  summary: "a field is guarded by the version of a nested struct",
  why: "Only a section's and a subsection's version travel. Each side reads a nested struct by its own version of it, so a field that came with a newer one is read or sent whatever the other side has.",
  fix: "Guard the field by the outer description's version through a predicate (VMSTATE_..._TEST), or send it in a subsection.",
  check: (pair) => {
    const slot = pair.from[0] ?? pair.to[0];
    if (pair.relation !== "one-sided" || pair.guardedOut !== undefined || slot === undefined || !behindNestedVersion(pair))
      return undefined;
    const { name } = pair.frame.from.vmsd;
    const action = pair.from.length > 0 ? "sent but not read" : "read but not sent";
    return {
      message: `${describeSlot(slot)} is ${action}: struct ${name} has version ${pair.frame.fromVersion} on the saving and ${pair.frame.toVersion} on the loading side, and that number is not on the wire.`,
      predictedError: predict.footer(pair.frame),
      advice: `Raising the version of ${name} protects nobody. Give '${slot.label}' a predicate on the version of the section that holds ${name}, or move it into a subsection "${name}/${slot.label}".`,
    };
  },
});
