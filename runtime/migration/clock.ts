/** Time, as it is passed to whoever needs it: nothing in this folder asks the system. In ms with fractions, and never backwards. */
export interface Clock {
  readonly now: () => number;
  /** Calls once, that many ms from now; what it gives calls it off. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

/** The system's monotonic clock, which is the same for all processes of a host. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Number(process.hrtime.bigint()) / 1e6,
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Resolves that many ms from now. */
export function sleep(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => void clock.after(milliseconds, resolve));
}
