import type { Interval, Prediction } from "../../runtime/migration/predict/predict.ts";

const MIB = 1 << 20;
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;
const mib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;

/** `needed` is the bandwidth from which on a migration ends that does not. */
export function renderPrediction({ ends, confidence, ...told }: Prediction, needed: number | undefined): string {
  const share = `in ${Math.round(confidence.ends * confidence.replays)} of ${confidence.replays} replays`;
  const line = (name: string, value: string): string => `${name.padEnd(12)}${value}\n`;
  const measure = (name: string, value: number, [low, high]: Interval, as: (value: number) => string): string =>
    line(name, as(value) + (as(low) === as(high) ? "" : ` (${as(low)} to ${as(high)})`));
  if (!ends || told.downtime === undefined || confidence.downtime === undefined) {
    const would = needed === undefined ? "it would at no bandwidth" : `it would from ${mib(needed)}/s on`;
    return (
      line("ends", `no: ${share}; ${would}`) + line("after", `${seconds(told.milliseconds)}, ${told.passes} passes, ${mib(told.bytes)}`)
    );
  }
  const short =
    confidence.covered >= 1 ? "" : line("the log", `has ${Math.round(confidence.covered * 100)} % of the time of the longest pass`);
  return (
    line("ends", `yes: ${share}`) +
    measure("time", told.milliseconds, confidence.milliseconds, seconds) +
    measure("downtime", told.downtime, confidence.downtime, milliseconds) +
    measure("passes", told.passes, confidence.passes, String) +
    measure("sent", told.bytes, confidence.bytes, mib) +
    short
  );
}
