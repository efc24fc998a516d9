import type { Told } from "../../runtime/migration/events.ts";
import type { Io } from "../command.ts";

/** Id of the event lines (FORMAT.md, Events of a move); within /1 keys are added, never renamed. */
export const EVENT_SCHEMA = "vmstate-move-event/1";

type Line = { readonly event: string } & Readonly<Record<string, unknown>>;

/** One side's events as JSON lines; what it tells of is what happens, and what this process adds at its beginning and its end. */
export class EventLines {
  readonly #io: Io;
  readonly #role: string;
  readonly #now: () => number;
  readonly #isShown: boolean;

  constructor(io: Io, role: "source" | "destination", isShown: boolean, now: () => number) {
    this.#io = io;
    this.#role = role;
    this.#isShown = isShown;
    this.#now = now;
  }

  /** The first line says what the others are. */
  begin(facts: Readonly<Record<string, unknown>>): void {
    this.tell({ event: "begin", schema: EVENT_SCHEMA, ...facts });
  }

  tell(line: Line | Told): void {
    if (!this.#isShown) return;
    const { event, ...facts } = line;
    this.#io.out(`${JSON.stringify({ event, side: this.#role, at: round(this.#now()), ...facts }, shortened)}\n`);
  }
}

/** Microseconds are enough, and bigints have no number in JSON. */
function shortened(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return typeof value === "number" ? round(value) : value;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
