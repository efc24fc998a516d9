import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";
import { versionsOf } from "./parts/versions.ts";

export const sectionVersionTooOld = rule({
  id: "section-version-too-old",
  on: "section",
  level: "error",
  summary: "the sender's version_id is below the receiver's minimum_version_id",
  why: "A receiver refuses a section whose version_id is below its minimum_version_id.",
  fix: "Lower minimum_version_id to the oldest version that must still load, and give the fields that came later their version.",
  check: (pair) => {
    const versions = versionsOf(pair).find(
      ({ from, to }) => to.minimum_version_id !== undefined && from.version_id < to.minimum_version_id,
    );
    if (versions === undefined) return undefined;
    const { name, from, to } = versions;
    const least = to.minimum_version_id ?? 0;
    return {
      message: `Version ${from.version_id} is sent, but the loading side accepts ${least} and later.`,
      predictedError: predict.tooOld(name, from.version_id, least),
      advice: `Set minimum_version_id of ${name} to ${from.version_id} and give each field that version ${from.version_id} does not have its version (VMSTATE_..._V).`,
    };
  },
});
