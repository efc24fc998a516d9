import { USUAL_FIXED } from "../convergence/switchover.ts";
import { DirtyPages } from "../dirty-pages.ts";
import { startSource } from "../hand-over/driver.ts";
import { Ledger, lengthOf, type Span, wholePause } from "../ledger.ts";
import { MigrationError } from "../migration-error.ts";
import { PageSender } from "../page-sender.ts";
import { type Adjustable, conflictIn } from "../parameters.ts";
import { ramStatistics, xbzrleStatistics } from "../statistics.ts";
import { Unacknowledged } from "../unacknowledged.ts";
import { Delta } from "../xbzrle-cache.ts";
import { cleanUp } from "./clean-up.ts";
import { changeStatus, type SourceContext, type SourceOptions } from "./context.ts";
import { handsOf, type Settled } from "./hands.ts";
import { broken, drop, fail } from "./hear.ts";
import { Link } from "./link.ts";
import { query } from "./query.ts";
import { Requests } from "./requests.ts";
import { send } from "./send.ts";
import { settle } from "./settle.ts";

export interface Outcome {
  readonly status: Settled;
  readonly error?: MigrationError;
  /** How long the guest stood still, and where that went. */
  readonly pause?: { readonly milliseconds: number; readonly spans: readonly Span[] };
}

/** A move, at its source. */
export interface Source {
  /**
   * Never fails. When `completed` the guest is paused here and runs at the destination; when `failed` or `cancelled` it is here as it was
   * before. `halted`: it cannot be written down who may run it, so nobody does; `lost`: it ran there without a part of its memory.
   */
  readonly outcome: Promise<Outcome>;
  readonly cancel: () => void;
  /** Lets a guest that waits before the switchover go on. */
  readonly goOn: () => void;
  /** Lets the guest go before the rest of its memory; nothing happens where the destination was not told of it by `parameters.postcopy`. */
  readonly startPostcopy: () => void;
  readonly set: (parameters: Partial<Adjustable>) => void;
  readonly query: () => Readonly<Record<string, unknown>>;
}

/**
 * Begins to move a guest. Throws RecordError when the record of who may run it cannot be begun, and RangeError for parameters that
 * cannot be together.
 */
export function startMove(options: SourceOptions): Source {
  const conflict = conflictIn(options.parameters);
  if (conflict !== undefined) throw new RangeError(conflict);
  let goOn = (): void => {};
  let settled: (status: Settled) => void = () => {};
  const isSettled = new Promise<Settled>((resolve) => {
    settled = resolve;
  });
  const c = newContext(
    options,
    new Promise((resolve) => {
      goOn = resolve;
    }),
    (status) => settled(status),
  );
  return {
    outcome: run(c, isSettled),
    cancel: () => {
      cancel(c);
      goOn();
    },
    goOn: () => goOn(),
    startPostcopy: () => {
      c.asked.postcopy ||= c.parameters.postcopy;
    },
    set: (parameters) => {
      c.parameters = { ...c.parameters, ...parameters };
    },
    query: () => query(c),
  };
}

async function run(c: SourceContext, settled: Promise<Settled>): Promise<Outcome> {
  try {
    await send(c);
  } catch (error) {
    fail(c, error);
    drop(c);
    await c.handOver.post({ on: c.handOver.state.phase === "moving" ? "failed" : "disconnected" });
  }
  await settle(c, settled);
  const status = await settled;
  c.handOver.close();
  const end = c.ledger.leave();
  changeStatus(c, status === "halted" ? "failed" : status);
  const pause = status === "completed" ? pauseOf(c, end) : undefined;
  if (pause !== undefined) c.events?.({ event: "pause", ...pause });
  await c.cleanUp();
  await c.connection?.channel.end().catch(() => {});
  return {
    status,
    ...(c.failure === undefined || status === "completed" ? {} : { error: broken(c.failure) }),
    ...(pause === undefined ? {} : { pause }),
  };
}

function pauseOf(c: SourceContext, end: number): NonNullable<Outcome["pause"]> {
  // Of another host's clock only differences say something.
  const told = c.isSameHost ? c.told : [];
  const spans = wholePause(c.ledger.spans, told, (c.isSameHost ? c.ranAt : undefined) ?? end);
  return { milliseconds: lengthOf(spans), spans };
}

function cancel(c: SourceContext): void {
  // The guest runs at the destination, and needs what is here.
  if (c.wasCancelled || (c.isPostcopy && c.handOver.state.phase !== "moving")) return;
  c.wasCancelled = true;
  changeStatus(c, "cancelling");
  fail(c, new MigrationError("cancelled", "source", c.status, "", "The move was cancelled."));
  if (c.handOver.state.phase === "moving") drop(c);
  void c.handOver.post({ on: "failed" });
}

function newContext(options: SourceOptions, goOn: Promise<void>, settled: (status: Settled) => void): SourceContext {
  const { guest, clock, parameters, record, move } = options;
  const { blocks } = guest;
  const total = blocks.reduce((sum, { size }) => sum + size, 0);
  const ram = ramStatistics(total, blocks[0]?.pageSize ?? 0x1000);
  const xbzrle = parameters.xbzrleCacheSize > 0 ? xbzrleStatistics(parameters.xbzrleCacheSize) : undefined;
  let cleaned: Promise<void> | undefined;
  const c: Omit<SourceContext, "handOver"> = {
    ...options,
    goOn,
    wasRunning: guest.isRunning,
    startedAt: clock.now(),
    status: "none",
    failure: undefined,
    wasCancelled: false,
    asked: { postcopy: false },
    pausing: undefined,
    connection: undefined,
    link: new Link(),
    isFirst: true,
    isSameHost: false,
    isPostcopy: false,
    fixedCost: USUAL_FIXED,
    cleanUp: () => {
      cleaned ??= cleanUp(whole);
      return cleaned;
    },
    isSlowed: false,
    pass: 1,
    dirty: new DirtyPages(blocks),
    unacknowledged: new Unacknowledged(blocks),
    pages: new PageSender(blocks, ram),
    delta: xbzrle === undefined ? undefined : new Delta(blocks, xbzrle),
    channels: undefined,
    xbzrle,
    ram,
    ledger: new Ledger(clock),
    told: [],
    ranAt: undefined,
    requests: new Requests(blocks),
    received: new Map(),
  };
  const whole = c as SourceContext;
  const hands = handsOf(whole, settled);
  const before = clock.now();
  whole.handOver = startSource({ folder: record, migration: move, clock, hands });
  whole.fixedCost = USUAL_FIXED + RECORDS * (clock.now() - before);
  return whole;
}

/** That are written within the pause, one behind the other; a busy disk takes its time for each. */
const RECORDS = 3;
