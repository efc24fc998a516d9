import { countPages, type DirtyLog } from "../../runtime/migration/dirty-log/format.ts";
import { spansOf } from "../../runtime/migration/predict/spans.ts";

/** What a log holds, in numbers: for `--json`, and for the lines of text. */
export function logJson(log: DirtyLog): object {
  const lengths = log.epochs.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const written = log.epochs.reduce((sum, { runs }) => sum + countPages(runs), 0);
  return {
    milliseconds: lengths.reduce((sum, each) => sum + each, 0),
    epochs: log.epochs.length,
    shortestEpoch: lengths[0],
    longestEpoch: lengths.at(-1),
    pageSize: log.pageSize,
    blocks: log.blocks.map(({ id, pages }) => ({ id, bytes: pages * log.pageSize })),
    pages: log.pages,
    zeroPages: log.zero === undefined ? undefined : countPages(log.zero),
    everWritten: everWritten(log),
    meanWritten: log.epochs.length === 0 ? undefined : written / log.epochs.length,
    end: log.end === "ended" ? "ended" : log.end,
  };
}

export function renderLog(log: DirtyLog): string {
  const { milliseconds, shortestEpoch, longestEpoch, zeroPages, everWritten, meanWritten } = logJson(log) as Record<string, number>;
  const of = (pages: number): string => `${pages} pages (${((pages / log.pages) * 100).toFixed(1)} %)`;
  const lengths = log.epochs.length === 0 ? "" : ` of ${shortestEpoch?.toFixed(1)} to ${longestEpoch?.toFixed(1)} ms`;
  const lines = [
    ["memory", `${log.pages} pages of ${log.pageSize} bytes in ${log.blocks.map(({ id }) => id).join(", ")}`],
    ["zeros", zeroPages === undefined ? "not looked for" : of(zeroPages)],
    ["time", `${((milliseconds ?? 0) / 1000).toFixed(3)} s in ${log.epochs.length} epochs${lengths}`],
    ["written to", of(everWritten ?? 0)],
    ["an epoch", meanWritten === undefined ? "none" : `${meanWritten.toFixed(1)} pages in the mean`],
    ["end", log.end === "ended" ? "whole" : `${log.end.code} at ${log.end.at}`],
  ];
  return lines.map(([name = "", value]) => `${name.padEnd(12)}${value}\n`).join("");
}

function everWritten(log: DirtyLog): number {
  const { pages, touched } = spansOf(log, undefined);
  return pages.reduce((sum, own, at) => sum + own * (touched[at] as number), 0);
}
