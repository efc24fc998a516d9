/** CLOCK_MONOTONIC in ms: `performance.now` begins anew in each process. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
