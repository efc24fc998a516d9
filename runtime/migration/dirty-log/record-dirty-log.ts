import type { Guest } from "../../guest/guest.ts";
import type { Clock } from "../clock.ts";
import { DirtyLogWriter } from "./dirty-log-writer.ts";
import { zeroBitmaps } from "./zero-bitmaps.ts";

/** Where something else keeps a dirty log of the same guest, a client of its own: see dirty-clients.ts. */
type Logged = Pick<Guest, "blocks" | "startDirtyLog" | "stopDirtyLog" | "syncDirty">;

export interface RecordingOptions {
  readonly clock: Clock;
  /** Takes the bytes in order, and may keep them until it resolves; the next epoch is not cut short while it works. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Lengths of the epochs in ms, turn about. What happens within an epoch is not seen, so some should be short. */
  readonly periods: readonly number[];
  /** Ends by itself after so many epochs, or the first that ends so many ms after the beginning. Defaults to never. */
  readonly epochs?: number;
  readonly milliseconds?: number;
  /** Whether to note first which pages hold zeros only. Defaults to true. */
  readonly zeroPages?: boolean;
  readonly onEpoch?: (epoch: { readonly at: number; readonly milliseconds: number; readonly dirtyPages: number }) => void;
}

export interface DirtyRecording {
  /** From the next epoch on. */
  readonly setPeriods: (periods: readonly number[]) => void;
  /** Ends the epoch that runs, and the log with it. Resolves as `done` does. */
  readonly cancel: () => Promise<Recorded>;
  /** Fails with what `write` failed with; the log is then good up to the last epoch that it took. */
  readonly done: Promise<Recorded>;
}

export interface Recorded {
  readonly epochs: number;
  readonly bytes: number;
}

/** Logs which pages a guest writes to, epoch by epoch. */
export function recordDirtyLog(guest: Logged, options: RecordingOptions): DirtyRecording {
  const { clock, write, onEpoch } = options;
  const writer = new DirtyLogWriter(guest.blocks);
  let periods = checked(options.periods);
  let isCancelled = false;
  let wake = (): void => undefined;
  let bytes = 0;
  const put = async (record: Uint8Array): Promise<void> => {
    await write(record);
    bytes += record.length;
  };
  const until = (time: number): Promise<void> =>
    new Promise((resolve) => {
      if (isCancelled) return resolve();
      const callOff = clock.after(Math.max(0, time - clock.now()), resolve);
      wake = () => {
        callOff();
        resolve();
      };
    });

  const log = async (): Promise<number> => {
    const bitmaps = guest.blocks.map(({ size, pageSize }) => new Uint32Array(Math.ceil(size / pageSize / 64) * 2));
    const start = clock.now();
    let [before, epochs] = [start, 0];
    for (let turn = 0; !isCancelled && epochs < (options.epochs ?? Infinity); turn++) {
      await until(before + (periods[turn % periods.length] as number));
      const now = clock.now();
      for (const bitmap of bitmaps) bitmap.fill(0);
      const dirtyPages = guest.syncDirty(bitmaps);
      const epoch = { at: now - start, milliseconds: now - before, dirtyPages };
      await put(writer.epoch(epoch.at, epoch.milliseconds, bitmaps));
      [before, epochs] = [now, epochs + 1];
      onEpoch?.(epoch);
      if (epoch.at >= (options.milliseconds ?? Infinity)) break;
    }
    return epochs;
  };
  const run = async (): Promise<Recorded> => {
    await put(writer.header());
    if (options.zeroPages !== false) await put(writer.zero(await zeroBitmaps(guest.blocks, clock)));
    guest.startDirtyLog();
    try {
      const epochs = await log();
      await put(writer.end());
      return { epochs, bytes };
    } finally {
      await guest.stopDirtyLog();
    }
  };

  const done = run();
  return {
    setPeriods: (next) => {
      periods = checked(next);
    },
    cancel: () => {
      isCancelled = true;
      wake();
      return done;
    },
    done,
  };
}

function checked(periods: readonly number[]): readonly number[] {
  if (periods.length === 0 || !periods.every((each) => each > 0 && each < Infinity))
    throw new RangeError(`Epochs of ${periods.join(", ")} ms.`);
  return [...periods];
}
