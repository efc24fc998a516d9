import type { Metadata } from "../../describe/index.ts";
import { rule } from "../rule.ts";

export const machinePropertyChanged = rule({
  id: "machine-property-changed",
  on: "metadata",
  level: "warning",
  summary: "the machine type sets a property otherwise",
  why: "What a machine type sets decides what its devices send and what a guest finds in them; it is to stay as it was for as long as the machine type lives.",
  fix: "Set the property in the machine type as the older build has it.",
  check: ({ from, to }) => {
    const changes = changesOf(from.properties, to.properties);
    return changes.length === 0 ? undefined : { message: `The machine type of one side sets ${changes.join(", ")}.` };
  },
});

/** A property that one side does not set has whatever its device has; without that in the metadata nothing is said of it. */
function changesOf(from: Metadata["properties"], to: Metadata["properties"]): string[] {
  if (from === undefined || to === undefined) return [];
  const names = (properties: typeof from): string[] =>
    Object.entries(properties).flatMap(([vmsd, values]) => Object.keys(values).map((name) => `${vmsd}\n${name}`));
  return [...new Set([...names(from), ...names(to)])].sort().flatMap((key) => {
    const [vmsd = "", name = ""] = key.split("\n");
    const [a, b] = [from[vmsd]?.[name], to[vmsd]?.[name]];
    return a === b
      ? []
      : [`${vmsd}.${name} ${a === undefined ? "not at all" : `to ${a}`} and the other ${b === undefined ? "not at all" : `to ${b}`}`];
  });
}
