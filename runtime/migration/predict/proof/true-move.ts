import type { Workload } from "./workload.ts";

export interface TrueMoveOptions {
  readonly pages: number;
  /** Pages of zeros at the start: the last ones. */
  readonly zeroPages: number;
  readonly bandwidth: number;
  readonly downtimeLimit: number;
  readonly fixed: number;
  readonly parking: number;
  readonly within: number;
}

export interface TrueMove {
  readonly ends: boolean;
  readonly passes: number;
  readonly milliseconds: number;
  readonly downtime: number;
}

/** The engine's passes in the plainest words, page by page, against a guest whose every write is known. Shares nothing with what predicts. */
export function trueMove(guest: Workload, options: TrueMoveOptions): TrueMove {
  const { pages, zeroPages, bandwidth, downtimeLimit, fixed, parking, within } = options;
  const toSend = new Set(Array(pages).keys());
  const holdsZero = (page: number): boolean => page >= pages - zeroPages && !guest.written.has(page);
  const log = new Set<number>();
  let [now, seen, arrived] = [0, 0, 0];
  const live = (): void => {
    guest.run(now - seen, (page) => log.add(page));
    seen = now;
  };
  const sync = (): void => {
    live();
    for (const page of log) toSend.add(page);
    log.clear();
    lastSync = now;
  };
  const bytesOf = (page: number): number => (holdsZero(page) ? 9 : 4104);
  const isTime = (isWithinPass = false): boolean => {
    if (sending < 200) return toSend.size <= 16;
    const limit = Math.max(downtimeLimit - fixed, downtimeLimit / 10);
    const most = ((bandwidth / 1.25) * limit) / 1000;
    const onTheWay = (Math.max(0, arrived - now) * bandwidth) / 1000;
    return toSend.size <= Math.max(1, Math.floor((most * (isWithinPass ? 0.5 : 1) - onTheWay) / 4104));
  };
  const part = Math.min(Math.max((bandwidth * downtimeLimit) / 16000, 4096), 2 ** 20);
  let lastSync = 0;
  let sending = 0;
  let sentOfPart = 0;
  for (let pass = 1; now < within; pass++) {
    for (let page = 0; page < pages; page++) {
      if (!toSend.delete(page)) continue;
      const milliseconds = (bytesOf(page) / bandwidth) * 1000;
      sending += milliseconds;
      arrived = Math.max(arrived, now) + milliseconds;
      now = Math.max(now, arrived - downtimeLimit / 8);
      sentOfPart += bytesOf(page);
      if (sentOfPart < part) continue;
      sentOfPart = 0;
      if (now - lastSync < 1000 && !isTime(true)) continue;
      sync();
      if (isTime(true)) return stop(pass);
    }
    if (toSend.size === 0 && now - lastSync < 5) now += 5;
    sync();
    if (isTime()) return stop(pass);
  }
  return { ends: false, passes: 0, milliseconds: now, downtime: 0 };

  function stop(pass: number): TrueMove {
    now += parking;
    sync();
    const rest = [...toSend].reduce((sum, page) => sum + bytesOf(page), 0);
    const downtime = fixed + Math.max(0, arrived - now) + (rest / bandwidth) * 1000;
    return { ends: true, passes: pass + 1, milliseconds: now + downtime, downtime };
  }
}
