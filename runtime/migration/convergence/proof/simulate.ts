import { type Bandwidth, bytesPerSecond, measure, UNMEASURED } from "../bandwidth.ts";
import { pageCost } from "../page-cost.ts";
import type { Decide } from "../policies.ts";
import type { Period, Slowing } from "../policy.ts";
import { type PauseLimits, reckonPause } from "../switchover.ts";
import { type SimulatedGuestOptions, simulatedGuest } from "./simulated-guest.ts";

export interface SimulationOptions extends SimulatedGuestOptions {
  readonly decide: Decide;
  /** Of the guest's memory, in pages. */
  readonly pages: number;
  readonly pageSize: number;
  /** Of the connection, in bytes a second; it changes at random by a tenth each 100 ms. */
  readonly bandwidth: number;
  readonly limits: PauseLimits;
  /** Looks at the guest's bitmap within passes, in ms between them; at the end of each pass alone where undefined. */
  readonly syncEvery?: number;
  /** In seconds, after which it counts as one that never ends. */
  readonly patience: number;
}

export interface Outcome {
  readonly ends: boolean;
  readonly seconds: number;
  readonly passes: number;
  /** Length of the pause in ms. */
  readonly downtime: number;
  /** In seconds of the guest at its own speed, the pause among them. */
  readonly lost: number;
}

/** What the source's buffers and the destination's hold of what was sent. */
const ON_THE_WAY = 1 << 18;

/** A migration in steps of a millisecond: passes in order over what is dirty, a look at the guest's bitmap after each. */
export function simulate(options: SimulationOptions): Outcome {
  const { decide, pages, pageSize, limits, patience, syncEvery = Number.POSITIVE_INFINITY } = options;
  const guest = simulatedGuest(options);
  const toSend = new Uint8Array(pages).fill(1);
  const cost = pageCost(pageSize);
  let remaining = pages;
  let sent = 0;
  let sentBefore = 0;
  let at = 0;
  let atBefore = 0;
  let pass = 1;
  let cursor = 0;
  let slowing: Slowing = { by: "nothing" };
  let meter: Bandwidth = UNMEASURED;

  const rate = (time: number): number => options.bandwidth * (0.9 + 0.2 * (((Math.floor(time / 100) + options.seed) * 0.6180339887) % 1));
  const takenBytes = (): number => Math.max(0, sent * cost - ON_THE_WAY);

  function sync(): number {
    const before = remaining;
    for (let page = 0; page < guest.dirty.length; page += 1) {
      if (guest.dirty[page] === 0) continue;
      remaining += 1 - (toSend[page] ?? 0);
      toSend[page] = 1;
    }
    guest.dirty.fill(0);
    return remaining - before;
  }

  /** Gives whether it is time to pause. */
  function look(): boolean {
    const dirtyPages = sync();
    const bandwidth = bytesPerSecond(meter);
    const onTheWay = sent * cost - takenBytes();
    const pause = reckonPause(limits, { bandwidth, onTheWay, remainingPages: remaining, pageSize });
    const period: Period = {
      at,
      milliseconds: at - atBefore,
      pass,
      dirtyPages,
      pageSize,
      sentBytes: (sent - sentBefore) * cost,
      remainingPages: remaining,
      bandwidth,
      pausePages: pause.pages,
      isBulk: false,
    };
    atBefore = at;
    sentBefore = sent;
    slowing = decide(period);
    return pause.isTime;
  }

  /** Gives whether a pass ended with it, and it is time. */
  function sendOne(): boolean {
    if (remaining > 0) send();
    while (cursor < pages && toSend[cursor] === 0) cursor += 1;
    if (cursor < pages) return false;
    const isTime = look();
    pass += 1;
    cursor = 0;
    while (remaining > 0 && toSend[cursor] === 0) cursor += 1;
    return isTime;
  }

  function send(): void {
    toSend[cursor] = 0;
    remaining -= 1;
    sent += 1;
  }

  let room = 0;
  let isTime = false;
  while (!isTime && at < patience * 1000) {
    guest.step(slowing);
    at += 1;
    meter = measure(meter, { at, idle: 0, sentBytes: sent * cost, takenBytes: takenBytes() });
    for (room += rate(at) / 1000; room >= cost && !isTime; room -= cost) {
      isTime = sendOne();
    }
    if (!isTime && at - atBefore >= syncEvery) isTime = look();
  }
  // What became dirty between the last look and the stop.
  sync();
  const left = remaining * cost + sent * cost - takenBytes();
  const downtime = limits.fixed + (left / rate(at + 1)) * 1000;
  const seconds = (at + (isTime ? downtime : 0)) / 1000;
  return { ends: isTime, seconds, passes: pass - 1, downtime, lost: seconds - guest.work / options.rate };
}
