import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";
import { versionsOf } from "./parts/versions.ts";

export const sectionVersionTooNew = rule({
  id: "section-version-too-new",
  on: "section",
  level: "error",
  summary: "the sender's version_id is newer than the receiver knows",
  why: "A receiver refuses a section whose version_id is above its own, before it reads a byte of it. Raising version_id therefore blocks every move back to an older build.",
  fix: "Keep version_id. Add the state as a subsection whose needed() is false while the guest does not use it, or behind a device property that hw_compat switches off for old machine types.",
  check: (pair) => {
    const versions = versionsOf(pair).find(({ from, to }) => from.version_id > to.version_id);
    if (versions === undefined) return undefined;
    const { name, from, to } = versions;
    return {
      message: `Version ${from.version_id} is sent, but the loading side knows versions up to ${to.version_id}.`,
      predictedError: predict.sectionTooNew(name, from.version_id, to.version_id),
      advice: `Keep ${name} at version_id ${to.version_id}. Send what version ${from.version_id} added in a subsection "${name}/…" with a needed(), or gate it with a property that hw_compat sets for machine types of the older build.`,
    };
  },
});
