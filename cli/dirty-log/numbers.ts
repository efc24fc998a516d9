import { UsageError } from "../command.ts";

/** Throws UsageError. */
export function wholeNumber(option: string, value: string | undefined, least: number, most: number): number | undefined {
  if (value === undefined) return undefined;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new UsageError(`--${option} takes a whole number from ${least} to ${most}, not '${value}'.`);
  return number;
}

/** Throws UsageError. */
export function positive(option: string, value: string, what: string): number {
  const number = /^\d{1,9}(\.\d{1,6})?$/.test(value) ? Number(value) : Number.NaN;
  if (!(number > 0)) throw new UsageError(`--${option} takes ${what} above 0, not '${value}'.`);
  return number;
}
