import { rule } from "../rule.ts";
import { predict } from "./parts/predict.ts";

export const descriptionRenamed = rule({
  id: "description-renamed",
  on: "section",
  level: "error",
  summary: "the section has another name on the wire",
  why: "The loader looks a section up by the name of its description; under a new name nobody is there to load it.",
  fix: "Keep the description's name for good, whatever the device is called now.",
  check: ({ from, to }) => {
    const sent = from?.section.Description?.name;
    const known = to?.section.Description?.name;
    if (sent === undefined || known === undefined || sent === known) return undefined;
    return {
      message: `Section '${sent}' is sent, the loading side knows it as '${known}'.`,
      predictedError: predict.unknownSection(sent),
      advice: `Set the name of the description back: .name = "${sent}".`,
    };
  },
});
