import type { Period, Slowing } from "../convergence/policy.ts";
import { type Pause, reckonPause, USUAL_FIXED } from "../convergence/switchover.ts";
import type { Replay } from "./replay.ts";
import type { SpanLog } from "./spans.ts";

/** What a move is like, apart from its guest. Times in ms. */
export interface MoveOptions {
  /** Bytes a second. */
  readonly bandwidth: number;
  /** Longest pause. */
  readonly downtimeLimit: number;
  /** Slows the guest down after each look at the dirty bitmap; made anew for each move. Defaults to one that never does. */
  readonly policy?: (() => (period: Period) => Slowing) | undefined;
  /** Bytes a second in the pause, where another limit holds while the guest runs. Defaults to the same. */
  readonly pauseBandwidth?: number | undefined;
  /** Bytes of the stream that are sent in the pause whatever the memory. Defaults to 0. */
  readonly deviceBytes?: number | undefined;
  /** What the pause takes beside its bytes: to load devices, to hand over. Defaults to what the engine expects of it. */
  readonly fixed?: number | undefined;
  /** What the engine expects of that, from the pauses that it has measured. Defaults to `fixed`. */
  readonly expectedFixed?: number | undefined;
  /** From the last look at the dirty bitmap but one until the guest stands still. Defaults to 1. */
  readonly parking?: number | undefined;
  /** Before the first page is sent. Defaults to 0. */
  readonly setup?: number | undefined;
  /** How long something must have been sent before the bandwidth is known: two windows. Defaults to 200. */
  readonly measured?: number | undefined;
  /** The dirty bitmap is looked at that often, at the end of each pass, and where the guest may be paused. Defaults to 1000. */
  readonly syncPeriod?: number | undefined;
  /** A move that takes longer is one that does not end. Defaults to 120000. */
  readonly within?: number | undefined;
}

export interface Move {
  readonly ends: boolean;
  /** Over the guest's memory, that in the pause included. */
  readonly passes: number;
  readonly bytes: number;
  /** Everything, to the end of the pause. */
  readonly milliseconds: number;
  readonly downtime: number;
  /** Of the longest pass. */
  readonly longestPass: number;
  /** Spans that were sent or written to: what it cost to find out. */
  readonly work: number;
}

/** In which a guest whose writes are limited gets its share. */
const SLICE = 20;
/** Between two looks at whether the guest may be paused there is that share of the longest pause. */
const PART = 1 / 16;
const [LEAST_PART, MOST_PART] = [1 << 12, 1 << 20];
/** What was sent and has not arrived takes at most that share of the longest pause: the source waits then. */
const ON_THE_WAY = 1 / 8;
/** Between two looks at a guest all of whose memory is there. */
const IDLE = 5;

/** Goes through a move as the engine does, with a guest that does what its log says. */
export function simulateMove(log: SpanLog, guest: Replay, growth: (milliseconds: number) => number, options: MoveOptions): Move {
  const { bandwidth, downtimeLimit, policy, deviceBytes = 0, fixed = USUAL_FIXED, parking = 1, setup = 0 } = options;
  const { measured = 200, syncPeriod = 1000, within = 120_000, pauseBandwidth = bandwidth, expectedFixed = fixed } = options;
  const { count, pages, bytes, pageSize } = log;
  const perMillisecond = bandwidth / 1000;
  const part = Math.min(Math.max(bandwidth * (downtimeLimit / 1000) * PART, LEAST_PART), MOST_PART);
  const dirty = new Uint8Array(count).fill(1);
  const untouched = new Untouched(log);
  const decide = policy?.();
  let slowing: Slowing = { by: "nothing" };
  // When all that was sent will have arrived.
  let arrived = setup;
  let [time, synced, passBegan, cursor, passes, longestPass] = [setup, setup, setup, 0, 1, 0];
  let [remaining, sent, sentBefore, sending, work, added, addedPages] = [pages.reduce((sum, own) => sum + own, 0), 0, 0, 0, 0, 0, 0];

  const add = (span: number): void => {
    work++;
    if (dirty[span] === 1) return;
    dirty[span] = 1;
    remaining += pages[span] as number;
    addedPages += pages[span] as number;
  };
  /** What the guest wrote to since it was last looked at. */
  const sync = (): void => {
    addedPages = 0;
    runGuest(guest, time - synced, slowing, (span) => {
      add(span);
      return addedPages;
    });
    const more = Math.floor(growth(time - passBegan)) - added;
    if (more > 0) added += untouched.take(more, add);
  };
  const pause = (): Pause => {
    const known = sending < measured ? undefined : bandwidth;
    const rest = {
      onTheWay: Math.max(0, arrived - time) * perMillisecond,
      remainingPages: remaining,
      pageSize,
      // A guest that is slowed down pays for each ms of the pass that is left.
      isWithinPass: cursor !== count && slowing.by === "nothing",
    };
    return reckonPause({ downtimeLimit, fixed: expectedFixed }, { bandwidth: known, ...rest });
  };
  const sendPart = (): void => {
    const until = sent + part;
    const before = sent;
    for (; cursor < count && sent < until; cursor++) {
      if (dirty[cursor] === 0) continue;
      work++;
      dirty[cursor] = 0;
      remaining -= pages[cursor] as number;
      sent += bytes[cursor] as number;
    }
    const milliseconds = (sent - before) / perMillisecond;
    sending += milliseconds;
    arrived = Math.max(arrived, time) + milliseconds;
    time = Math.max(time, arrived - downtimeLimit * ON_THE_WAY);
  };

  for (;;) {
    if (remaining === 0) {
      time += IDLE;
      cursor = count;
    } else sendPart();
    // What is behind the last dirty page takes no time.
    const isPassOver = cursor === count;
    if (!isPassOver && time - synced < syncPeriod && !pause().isTime) continue;
    const sentPages = sent > sentBefore;
    sync();
    const { pages: pausePages, isTime } = pause();
    longestPass = Math.max(longestPass, time - passBegan);
    if (decide !== undefined) {
      const known = { at: time, milliseconds: time - synced, pass: passes, dirtyPages: addedPages, pageSize, sentBytes: sent - sentBefore };
      const now = { remainingPages: remaining, bandwidth: sending < measured ? undefined : bandwidth, pausePages, isBulk: false };
      slowing = decide({ ...known, ...now });
    }
    [synced, sentBefore] = [time, sent];
    if (isTime) break;
    if (isPassOver) {
      if (sentPages) passes++;
      [cursor, passBegan, added] = [0, time, 0];
    }
    if (time > within) return { ends: false, passes, bytes: sent, milliseconds: time, downtime: 0, longestPass, work };
  }
  time += parking;
  sync();
  const last = deviceBytes + bytes.reduce((sum, own, span) => sum + own * (dirty[span] as number), 0);
  const downtime = fixed + Math.max(0, arrived - time) + (last / pauseBandwidth) * 1000;
  return { ends: true, passes: passes + 1, bytes: sent + last, milliseconds: time + downtime, downtime, longestPass, work };
}

/** `write` gives how many pages have become dirty that were not. */
function runGuest(guest: Replay, milliseconds: number, slowing: Slowing, write: (span: number) => number): void {
  if (slowing.by !== "writers") {
    guest.run(milliseconds * speedOf(slowing), (span) => {
      write(span);
      return true;
    });
    return;
  }
  let written = 0;
  for (let at = 0; at < milliseconds; at += SLICE) {
    const slice = Math.min(SLICE, milliseconds - at);
    const allowed = ((at + slice) / 1000) * slowing.pagesPerSecond;
    if (written >= allowed) continue;
    guest.run(slice, (span) => {
      written = write(span);
      return written < allowed;
    });
  }
}

/** The share of its time that the guest has left. */
function speedOf(slowing: Exclude<Slowing, { readonly by: "writers" }>): number {
  if (slowing.by === "nothing") return 1;
  return slowing.by === "throttle" ? 1 - slowing.percent / 100 : 1 - slowing.ms / Math.max(slowing.ms, slowing.every);
}

/** Pages that the log has never seen written to, in an order that looks like none. */
class Untouched {
  readonly #log: SpanLog;
  readonly #stride: number;
  #at = 0;
  #taken = 0;

  constructor(log: SpanLog) {
    this.#log = log;
    // Goes through all of them, as two neighbouring numbers have no divisor in common with a prime this large.
    this.#stride = 1_000_003;
  }

  /** Calls for spans with about so many pages, and gives how many they have. */
  take(most: number, call: (span: number) => void): number {
    const { count, touched, pages } = this.#log;
    let found = 0;
    for (; found < most && this.#taken < count; this.#taken++) {
      this.#at = (this.#at + this.#stride) % count;
      if (touched[this.#at] === 1) continue;
      call(this.#at);
      found += pages[this.#at] as number;
    }
    return found;
  }
}
