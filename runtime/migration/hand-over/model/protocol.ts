import { DESTINATION_START, destinationAgain, nextDestination } from "../destination.ts";
import { resolveStep } from "../resolve.ts";
import { nextSource, SOURCE_START, sourceAgain } from "../source.ts";

/** The functions that production runs, so that a mistake can be planted in one of them. */
export interface Protocol {
  readonly sourceStart: typeof SOURCE_START;
  readonly nextSource: typeof nextSource;
  readonly sourceAgain: typeof sourceAgain;
  readonly destinationStart: typeof DESTINATION_START;
  readonly nextDestination: typeof nextDestination;
  readonly destinationAgain: typeof destinationAgain;
  readonly resolveStep: typeof resolveStep;
  /** Whether a record is changed that is in the second state, when the first was expected. */
  readonly isChanged: (expected: string, found: string) => boolean;
}

export const PROTOCOL: Protocol = {
  sourceStart: SOURCE_START,
  nextSource,
  sourceAgain,
  destinationStart: DESTINATION_START,
  nextDestination,
  destinationAgain,
  resolveStep,
  isChanged: (expected, found) => expected === found,
};
