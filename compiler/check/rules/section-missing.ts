import { rule } from "../rule.ts";

export const sectionMissing = rule({
  id: "section-missing",
  on: "section",
  level: "warning",
  summary: "one build's metadata has no such section",
  why: "A dump lists only device classes with a description of their own and only what the build was compiled with. That a section is missing from it proves neither that the device is missing nor that its state is.",
  fix: "If a VM uses this device, check that the other build has it (-device help), or take metadata that lists the devices of the build.",
  check: (pair) => {
    if ((pair.from === undefined) === (pair.to === undefined)) return undefined;
    return pair.absenceProven
      ? { level: "error", message: "One build has neither the device nor a section for it; its list of devices says so." }
      : { certainty: "unknown", message: "Only one build's metadata has this section." };
  },
});
