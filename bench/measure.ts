/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Milliseconds that each of the given works takes, taken in turn `rounds` times so that a drift of the machine hits all alike. */
export function inTurn<K extends string>(rounds: number, works: Readonly<Record<K, () => void>>): Record<K, number[]> {
  const names = Object.keys(works) as K[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<K, number[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const start = performance.now();
      works[name]();
      times[name].push(performance.now() - start);
    }
  }
  return times;
}

export function line(label: string, value: number, unit: string, bar: string, holds: boolean): string {
  return `${label.padEnd(58)}${value.toFixed(unit === "x" ? 2 : 1).padStart(9)} ${unit.padEnd(3)} bar ${bar.padEnd(14)} ${holds ? "ok" : "MISSED"}`;
}
