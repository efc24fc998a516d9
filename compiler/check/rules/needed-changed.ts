import { rule } from "../rule.ts";

export const neededChanged = rule({
  id: "needed-changed",
  on: "subsection",
  level: "info",
  summary: "a subsection is sent under another condition",
  why: "The receiver takes a subsection whenever it comes. What changes is when the receiver must do without.",
  fix: "See that the receiver's default is right wherever the sender now leaves the subsection out.",
  check: ({ from, to }) => {
    const [sent, read] = [from?.vmsd.needed, to?.vmsd.needed];
    return sent === undefined || read === undefined || sent === read
      ? undefined
      : { message: `'${from?.vmsd.name}' is sent when ${sent}; the loading side would send it when ${read}.` };
  },
});
