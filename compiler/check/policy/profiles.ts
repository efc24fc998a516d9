import type { Level } from "../rule.ts";
import type { CountedDirection, FailOn } from "./fail-on.ts";

/** Settings for one kind of user; a configuration file and the command line build on them. */
export interface Profile {
  readonly name: string;
  /** Whom it is for. */
  readonly summary: string;
  readonly direction: CountedDirection;
  readonly failOn: readonly FailOn[];
  readonly rules: Readonly<Record<string, Level>>;
}

export const PROFILES: readonly Profile[] = [
  {
    name: "upstream-forward",
    summary: "For authors of device models: state that an older release saved must load in the tree at hand.",
    direction: "forward",
    failOn: ["error"],
    rules: {},
  },
  {
    name: "distro-both-ways",
    summary: "For distributions that promise both an upgrade and the way back: machines must move between both builds.",
    direction: "both",
    failOn: ["error"],
    rules: {},
  },
  {
    name: "snapshot-restore",
    summary: "For those who keep saved machines for long: what an old file holds must load for certain, and come back whole.",
    direction: "forward",
    failOn: ["undecided"],
    rules: { "minimum-version-raised": "warning", "subsection-added-in-dest": "warning" },
  },
  {
    name: "vendor-strict",
    summary: "For vendors of private builds who answer for every difference: any warning or open question in either direction fails.",
    direction: "both",
    failOn: ["undecided", "warning"],
    rules: {},
  },
];

export function findProfile(name: string): Profile | undefined {
  return PROFILES.find((profile) => profile.name === name);
}
