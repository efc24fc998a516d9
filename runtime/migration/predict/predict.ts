import type { DirtyLog } from "../dirty-log/format.ts";
import { createRandom } from "./random.ts";
import { Replay, type Replayed, replayed } from "./replay.ts";
import { type Move, type MoveOptions, simulateMove } from "./simulate-move.ts";
import { spansOf } from "./spans.ts";

export interface PredictOptions extends MoveOptions {
  /** Pages that hold zeros only and stay so. Defaults to what the log says of them; 0 if it says nothing. */
  readonly zeroPages?: number | undefined;
  /** The move begins so many ms after the log has ended. Left out, it may begin at any moment. */
  readonly after?: number | undefined;
  /** Moves that are gone through, each from another moment of the log on. Defaults to 100; fewer where they take long, or do not end. */
  readonly replays?: number | undefined;
  readonly seed?: number | undefined;
}

/** From 5 to 95 of 100 replays. */
export type Interval = readonly [low: number, high: number];

export interface Prediction {
  /** Whether it does in most replays; then all is told of those alone, and otherwise of how far the others had come. */
  readonly ends: boolean;
  /** Over the guest's memory, that in the pause included. */
  readonly passes: number;
  readonly bytes: number;
  readonly milliseconds: number;
  /** In ms; undefined where there is none, as it does not end. */
  readonly downtime: number | undefined;
  readonly confidence: Confidence;
}

/** How much is behind a prediction. */
export interface Confidence {
  readonly replays: number;
  /** Share of them that end. */
  readonly ends: number;
  readonly passes: Interval;
  readonly bytes: Interval;
  readonly milliseconds: Interval;
  readonly downtime: Interval | undefined;
  /** The log's length over that of the longest pass: below 1, what is written in a pass is more than the log has seen. */
  readonly covered: number;
}

/** What cannot be predicted from. */
export class EmptyLogError extends Error {
  override readonly name = "EmptyLogError";
  readonly code = "empty-log";
  readonly path = "";
}

/** Spans that may be looked at over all replays: some seconds. */
const MOST_WORK = 2e8;
/** Of which none ends, that is enough to know. */
const FEWEST = 9;

/**
 * Tells from a log of what a guest writes how a move of it will go: the engine's passes are gone through on the log, from many moments of
 * it on, and it is the middle of what came of them that is told. Depends on its arguments only.
 * @throws EmptyLogError
 */
export function predict(log: DirtyLog, options: PredictOptions): Prediction {
  const spans = spansOf(log, options.zeroPages);
  if (spans.epochs.length === 0) throw new EmptyLogError("The log has no whole epoch.");
  return predictFrom(replayed(spans), options);
}

/** The same, for who asks more than once of a log. */
export function predictFrom(known: Replayed, options: PredictOptions): Prediction {
  const moves = replayMoves(known, options);
  const ended = moves.filter(({ ends }) => ends);
  const ends = ended.length * 2 > moves.length;
  const told = ends ? ended : moves.filter((move) => !move.ends);
  const of = (key: "passes" | "bytes" | "milliseconds" | "downtime" | "longestPass"): number[] =>
    told.map((move) => move[key]).sort((a, b) => a - b);
  return {
    ends,
    passes: Math.round(middle(of("passes"))),
    bytes: Math.round(middle(of("bytes"))),
    milliseconds: middle(of("milliseconds")),
    downtime: ends ? middle(of("downtime")) : undefined,
    confidence: {
      replays: moves.length,
      ends: ended.length / moves.length,
      passes: interval(of("passes")),
      bytes: interval(of("bytes")),
      milliseconds: interval(of("milliseconds")),
      downtime: ends ? interval(of("downtime")) : undefined,
      covered: known.log.milliseconds / Math.max(middle(of("longestPass")), Number.MIN_VALUE),
    },
  };
}

function replayMoves(known: Replayed, options: PredictOptions): readonly Move[] {
  const { replays = 100, seed = 1 } = options;
  const random = createRandom(seed);
  const moves: Move[] = [];
  // Each next beginning lies in the largest gap between those before, so that they are spread wherever it stops.
  let place = random();
  for (let work = 0; moves.length < replays && (work < MOST_WORK || moves.length < Math.min(FEWEST, replays)); ) {
    const guest = replayFrom(known, options.after, place, random);
    const move = simulateMove(known.log, guest, known.growth, options);
    moves.push(move);
    work += move.work;
    if (moves.length === FEWEST && !moves.some(({ ends }) => ends)) break;
    place = (place + (Math.sqrt(5) - 1) / 2) % 1;
  }
  return moves;
}

/** `place` from 0 to below 1: where in the log, or how the guest goes on behind it. */
function replayFrom(known: Replayed, after: number | undefined, place: number, random: () => number): Replay {
  if (after === undefined) return new Replay(known, place * known.log.milliseconds, random);
  const { log, continuations } = known;
  const epoch = continuations[Math.floor(place * continuations.length)] ?? 0;
  const start = log.epochs.slice(0, epoch).reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const guest = new Replay(known, start, random);
  guest.run(after, () => true);
  return guest;
}

function middle(sorted: readonly number[]): number {
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] ?? 0) + (sorted[Math.ceil(at)] ?? 0)) / 2;
}

function interval(sorted: readonly number[]): Interval {
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [at(0.05), at(0.95)];
}
