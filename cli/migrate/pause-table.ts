import { lengthOf, type Span } from "../../runtime/migration/ledger.ts";

const MOST_DEVICES = 3;

/** One thing that one side did within the pause; of devices, all together. */
export interface PauseRow {
  readonly actor: Span["actor"];
  readonly phase: string;
  readonly milliseconds: number;
  /** How many devices, and the slowest of them; absent where there was none. */
  readonly devices?: { readonly count: number; readonly slowest: readonly { readonly name: string; readonly milliseconds: number }[] };
}

/** Where a pause went, in the order in which each thing began. */
export function pauseRows(spans: readonly Span[]): readonly PauseRow[] {
  const groups = new Map<string, Span[]>();
  for (const span of spans) {
    const key = `${span.actor} ${span.phase}`;
    groups.set(key, [...(groups.get(key) ?? []), span]);
  }
  return [...groups.values()].map((group) => {
    const { actor, phase } = group[0] as Span;
    const devices = group.flatMap(({ device, from, to }) => (device === undefined ? [] : [{ name: device, milliseconds: to - from }]));
    const slowest = devices.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, MOST_DEVICES);
    const row = { actor, phase, milliseconds: lengthOf(group) };
    return devices.length === 0 ? row : { ...row, devices: { count: devices.length, slowest } };
  });
}

export function renderPause(rows: readonly PauseRow[]): string {
  const width = Math.max(...rows.map(({ phase }) => phase.length));
  const lines = rows.map(({ actor, phase, milliseconds, devices }) => {
    const named = devices?.slowest.map((each) => `${each.name} ${each.milliseconds.toFixed(2)}`).join(", ");
    const more = devices === undefined ? "" : `   ${devices.count} devices; the slowest: ${named}`;
    return `  ${actor.padEnd(11)}  ${phase.padEnd(width)}  ${milliseconds.toFixed(2).padStart(8)} ms${more}\n`;
  });
  return `where the pause went\n${lines.join("")}`;
}
