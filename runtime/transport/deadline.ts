/** What calls once after so many ms, and gives what calls it off: as `after` of the engine's clock. */
export type After = (milliseconds: number, call: () => void) => () => void;

export const systemAfter: After = (milliseconds, call) => {
  const timer = setTimeout(call, milliseconds);
  return () => clearTimeout(timer);
};

export interface Deadline {
  /** 10 s. */
  readonly milliseconds?: number;
  /** The system's without it. */
  readonly after?: After;
}

export const PATIENCE_MS = 10_000;
