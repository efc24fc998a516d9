/**
 * Who may run the guest. Each side has one durable record, and a guest runs only where the record says so:
 *
 *     source        holds ──▶ given ──▶ [given-postcopy] ──▶ done
 *                     │         │ the destination is void: taken back
 *                     ▼         ▼
 *                    kept ◀─────┘
 *     destination   loading ──▶ ready ──▶ [granted by an operator] ──▶ [holds-postcopy] ──▶ holds
 *                      │          │              │
 *                      └──────────┴──────────────┴──▶ void
 *
 *     source                                  destination
 *                                             loaded; record ready
 *                     ◀──── ready ────
 *     record given    ───── grant ───▶        record holds, the guest runs
 *                     ◀─── running ───
 *     record done
 *
 * Before `given` a source keeps its guest whatever happens; behind it the source never runs by itself, and the destination never without a
 * grant. Whoever has lost the other side in between stays paused. `void` and `kept` are for ever: there messages that come late, twice or in
 * another order than they were sent change nothing. Messages may be lost too, so each answer is given from the record, as often as asked.
 */

/**
 * `holds` is the source's until it gives the guest away. `kept` says that the move is over, the guest stays, and what the destination has
 * of it is older: it is written before the guest runs on.
 */
export type SourceRecord = "holds" | "given" | "given-postcopy" | "done" | "kept";

/** `granted` stands for the message that did not come: somebody who has seen both records wrote it. */
export type DestinationRecord = "loading" | "ready" | "granted" | "holds-postcopy" | "holds" | "void";

export type MessageToSource = "ready" | "running" | "running-postcopy" | "abort";
export type MessageToDestination = "grant" | "ask" | "cancel";

/** What may follow each state. The last row of each side is for who resolves alone: it takes back a right from a side that is dead. */
export const SOURCE_STEPS: Readonly<Record<SourceRecord, readonly SourceRecord[]>> = {
  holds: ["given", "kept", "done"],
  given: ["given-postcopy", "done", "kept"],
  "given-postcopy": ["done"],
  done: [],
  kept: ["given", "done"],
};

export const DESTINATION_STEPS: Readonly<Record<DestinationRecord, readonly DestinationRecord[]>> = {
  loading: ["ready", "void"],
  ready: ["granted", "holds", "holds-postcopy", "void"],
  granted: ["holds", "holds-postcopy", "void"],
  "holds-postcopy": ["holds"],
  holds: [],
  void: [],
};

/** What happened to either side. */
export type CommonEvent =
  | { readonly on: "connected" }
  | { readonly on: "disconnected" }
  /** Nothing came in the time that the side waits. */
  | { readonly on: "timeout" }
  /** Any other failure, and an operator's wish that this move ends. */
  | { readonly on: "failed" }
  /** The record can be neither read nor written. */
  | { readonly on: "unreadable" };

/** What to say; the words are in `reports.ts`. */
export type Report = "in-doubt" | "too-late" | "unwritten" | "unreadable" | "overruled" | "contradiction" | "lost";

export interface Step<State, Action> {
  readonly state: State;
  /** To be carried out in this order, all of them before the next event. */
  readonly actions: readonly Action[];
}
