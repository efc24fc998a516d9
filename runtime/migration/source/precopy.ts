import { sleep } from "../clock.ts";
import type { Period, Slowing } from "../convergence/policy.ts";
import { bitmapOf } from "../dirty-pages.ts";
import { Pace } from "../pace.ts";
import { changeStatus, check, connectionOf, type SourceContext, sentBytes } from "./context.ts";
import { MOST_WAITING, writePart } from "./send-ram.ts";

/** Ms between two looks at an idle guest whose memory is all there. */
const IDLE = 5;

/** Sends memory while the guest runs, pass after pass, until what is left is little enough for a pause as short as was promised. */
export async function precopy(c: SourceContext): Promise<void> {
  changeStatus(c, "active");
  const { clock } = c;
  const pace = new Pace(clock);
  const periods = new Periods(c);
  for (;;) {
    check(c);
    const isPassOver = await sendPart(c, pace);
    c.link.measure(clock.now(), sentBytes(c));
    if (isPassOver || periods.isDue || mayPause(c, true) || c.asked.postcopy) {
      periods.sync(isPassOver);
      if (mayPause(c, !isPassOver) || c.asked.postcopy) return;
      if (c.dirty.count === 0) await idle(c);
    }
  }
}

/** Sends a part of what is dirty; true when a pass over the memory has ended with it. */
async function sendPart(c: SourceContext, pace: Pace): Promise<boolean> {
  if (c.dirty.count === 0) return true;
  const { outgoing } = connectionOf(c);
  const { downtimeLimit, maxBandwidth } = c.parameters;
  const before = sentBytes(c);
  const isPassOver = writePart(c, c.link.partBytes(downtimeLimit));
  outgoing.out.flush();
  const sent = sentBytes(c);
  c.ram.transferred += sent - before;
  c.ram.remaining = c.dirty.count * c.ram["page-size"];
  await outgoing.room(MOST_WAITING);
  await c.channels?.room(MOST_WAITING);
  await c.link.room(sent, downtimeLimit);
  await pace.spend(sent - before, maxBandwidth);
  return isPassOver;
}

/** There is nothing to send. Time in which nothing is on its way either says nothing of the connection. */
async function idle(c: SourceContext): Promise<void> {
  const from = c.clock.now();
  const isQuiet = c.link.onTheWay(sentBytes(c)) === 0;
  await sleep(c.clock, isQuiet ? IDLE : 1);
  if (isQuiet) c.link.idle += c.clock.now() - from;
}

/** A guest that is slowed down pays for each ms of the pass that is left. */
function mayPause(c: SourceContext, isWithinPass: boolean): boolean {
  return c.link.pause(c, sentBytes(c), c.fixedCost, isWithinPass && !c.isSlowed).isTime;
}

/** What happens between two looks at the dirty bitmap, and what is done about it. */
class Periods {
  readonly #c: SourceContext;
  readonly #found: readonly Uint32Array[];
  #from: number;
  #sent = 0;

  constructor(c: SourceContext) {
    this.#c = c;
    this.#found = c.guest.blocks.map(bitmapOf);
    this.#from = c.clock.now();
  }

  get isDue(): boolean {
    return this.#c.clock.now() - this.#from >= this.#c.parameters.syncPeriod;
  }

  sync(isPassOver: boolean): void {
    const c = this.#c;
    const before = c.dirty.count;
    c.guest.syncDirty(this.#found);
    c.dirty.add(this.#found);
    for (const bitmap of this.#found) bitmap.fill(0);
    c.ram["dirty-sync-count"]++;
    const now = c.clock.now();
    const offset = sentBytes(c);
    const milliseconds = now - this.#from;
    const period: Period = {
      at: now - c.startedAt,
      milliseconds,
      pass: c.pass,
      dirtyPages: c.dirty.count - before,
      pageSize: c.ram["page-size"],
      sentBytes: offset - this.#sent,
      remainingPages: c.dirty.count,
      bandwidth: c.link.bandwidth,
      pausePages: c.link.pause(c, offset, c.fixedCost).pages,
      isBulk: false,
    };
    if (milliseconds > 0) {
      c.ram["dirty-pages-rate"] = Math.round((period.dirtyPages / milliseconds) * 1000);
      c.ram.mbps = (period.sentBytes * 8) / milliseconds / 1000;
    }
    this.#from = now;
    this.#sent = offset;
    if (isPassOver) this.#nextPass(period);
    slow(c, c.policy(period));
  }

  #nextPass({ dirtyPages, remainingPages, pageSize }: Period): void {
    const c = this.#c;
    c.pass++;
    c.delta?.round(c.pass);
    c.pages.delta = c.delta;
    c.events?.({ event: "MIGRATION_PASS", pass: c.pass, remaining: remainingPages * pageSize, dirtyPages });
  }
}

/** Makes the guest go as slow as the policy says, and no slower. */
export function slow(c: SourceContext, slowing: Slowing): void {
  const { guest, events } = c;
  c.isSlowed = slowing.by !== "nothing";
  guest.throttle(slowing.by === "throttle" ? slowing.percent : 0);
  guest.sleepWriters(slowing.by === "sleeps" ? slowing : undefined);
  guest.limitWriters(slowing.by === "writers" ? slowing.pagesPerSecond : undefined);
  if (c.isSlowed) events?.({ event: "slowing", slowing });
}
