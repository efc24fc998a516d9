import { rule } from "../rule.ts";
import { versionsOf } from "./parts/versions.ts";

export const minimumVersionRaised = rule({
  id: "minimum-version-raised",
  on: "section",
  level: "info",
  summary: "the receiver dropped older versions than the sender's",
  why: "The pair that is compared still works, but builds that send versions below the new minimum are now refused.",
  fix: "Leave minimum_version_id as long as a build that sends those versions is supported.",
  check: (pair) => {
    const raised = versionsOf(pair).find(
      ({ from, to }) =>
        (to.minimum_version_id ?? 0) > (from.minimum_version_id ?? Number.POSITIVE_INFINITY) &&
        from.version_id >= (to.minimum_version_id ?? 0),
    );
    return raised === undefined
      ? undefined
      : {
          message: `minimum_version_id is ${raised.to.minimum_version_id} on the loading side and ${raised.from.minimum_version_id} on the saving side.`,
        };
  },
});
