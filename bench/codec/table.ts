import { median } from "../measure.ts";
import { type Bar, holds, wideName } from "./bars.ts";
import type { Case } from "./case.ts";
import { WORKS } from "./clock.ts";
import type { Measured } from "./rounds.ts";
import { pairedRatio } from "./statistics.ts";

type All = ReadonlyMap<string, Measured>;

export function caseRow({ name, note }: Case, measured: All): string {
  const size = `${measured.get(name)?.size.toFixed(0)} B`;
  return `${name.padEnd(20)}${size.padStart(8)}${columns(measured.get(name), measured.get("reference"), 1, 1, 0)}  ${note ?? ""}`.trimEnd();
}

export function wideRow(name: string, fields: number, measured: All): string {
  const row = wideName(name, fields);
  return `${row.padEnd(28)}${columns(measured.get(row), measured.get(wideName(name, 64)), fields, 64, 2)}`;
}

function columns(own: Measured | undefined, other: Measured | undefined, units: number, otherUnits: number, digits: number): string {
  return WORKS.map((work) => {
    const [times, against] = [own?.works[work], other?.works[work]];
    if (times === undefined) return `${work} -`.padStart(38);
    const ratio = against === undefined ? "" : `${((pairedRatio(times.ns, against.ns).median * otherUnits) / units).toFixed(2)}x`;
    const heap = `${(median(times.heap) / units).toFixed(digits === 0 ? 0 : 1)} B`;
    return `${work.padStart(12)}${(median(times.ns) / units).toFixed(digits).padStart(8)}${ratio.padStart(9)}${heap.padStart(9)}`;
  }).join("");
}

export function barLine(bar: Bar): string {
  const value = bar.value === undefined ? "absent" : `${bar.value.toFixed(2)}${bar.unit}`;
  return `${bar.label.padEnd(60)}${value.padStart(10)}  bar ${bar.most ? "<=" : ">="} ${bar.limit}  ${holds(bar) ? "ok" : "MISSED"}`;
}
