import type { MoveEvent } from "../../../runtime/migration/events.ts";

/** What an end says; times are those of CLOCK_MONOTONIC, in ms. */
export type Line =
  /** It is ready for what it is to do; a destination by this address. */
  { readonly listens: string } | GuestLine | MoveEvent | OutcomeLine | LookLine;

/** The guest begins to run, or stands still. */
export interface GuestLine {
  readonly guest: "runs" | "stands";
  readonly at: number;
  readonly memory: string;
  readonly devices: string;
}

export interface OutcomeLine {
  readonly outcome: string;
  readonly at: number;
  readonly error?: { readonly code: string; readonly phase: string; readonly path: string; readonly message: string };
}

/** What a guest is worth that stands still. */
export interface LookLine {
  readonly looked: true;
  readonly badPages: number;
  /** The first of them. */
  readonly bad: readonly string[];
  readonly lostWrites: string;
}

/** What an end is told to do. */
export type Word = "begin" | "look";
