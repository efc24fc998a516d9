import type { Effort, LoadedSection } from "../section.ts";
import { continuous } from "./continuous.ts";
import { roundTrip } from "./round-trip.ts";

/** What every section goes through, by the name of its test; each gives what is wrong. The rules of a section have tests of their own. */
export const SECTION_CHECKS: Readonly<Record<string, (section: LoadedSection, effort: Effort) => readonly string[]>> = {
  "states survive a round trip": roundTrip,
  "one device survives being saved and loaded again and again": continuous,
};
