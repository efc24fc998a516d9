import { median } from "../measure.ts";
import { WORKS, type Work } from "./clock.ts";
import { pairedRatio } from "./statistics.ts";

/** What every round measured of a case: nanoseconds and heap bytes, by work. */
export type Series = ReadonlyMap<string, Partial<Record<Work, { readonly ns: readonly number[]; readonly heap: readonly number[] }>>>;

export interface Bar {
  readonly label: string;
  /** Undefined when a case that it needs is absent: then it is missed. */
  readonly value: number | undefined;
  readonly limit: number;
  readonly most: boolean;
  readonly unit: "x" | " B";
}

export const GENERATED = "generated";
const REFERENCE = "reference";

/** The reference counts as one only while it is this far ahead of the best peers of old; else the machine, or the page, has changed. */
export function referenceBars(series: Series): Bar[] {
  return [
    atLeast("reference encodes faster than avsc into a buffer", faster(series, "encode", REFERENCE, ["avsc"]), 12),
    atLeast("reference decodes faster than msgpackr", faster(series, "decode", REFERENCE, ["msgpackr"]), 3.2),
  ];
}

export function generatedBars(series: Series, peers: readonly string[]): Bar[] {
  const compared = (["encode", "decode"] as const).flatMap((work) => {
    const [ours, theirs] = [series.get(GENERATED)?.[work], series.get(REFERENCE)?.[work]];
    const ratio = ours === undefined || theirs === undefined ? undefined : pairedRatio(ours.ns, theirs.ns);
    return [
      atMost(`generated ${work}, median of the ratio to the reference`, ratio?.median, 1.1),
      atMost(`generated ${work}, its upper 95 % bound`, ratio?.bound, 1.2),
    ];
  });
  const heap = series.get(GENERATED)?.encode?.heap;
  return [
    ...compared,
    atLeast("generated encodes faster than the best peer", faster(series, "encode", GENERATED, peers), 10),
    atLeast("generated decodes faster than the best peer", faster(series, "decode", GENERATED, peers), 3),
    atLeast("generated decodes into faster than the best peer decodes", faster(series, "decodeInto", GENERATED, peers), 4),
    atMost("generated encode, heap bytes an operation", heap && median(heap), 16, " B"),
  ];
}

/** What a field costs in a state of many, against one of 64. Of 1,500 only the cost is reported. */
export function wideBars(series: Series, name: string): Bar[] {
  return [200, 600].flatMap((fields) =>
    WORKS.map((work) => {
      const [few, many] = [series.get(wideName(name, 64))?.[work], series.get(wideName(name, fields))?.[work]];
      const ratio = few === undefined || many === undefined ? undefined : pairedRatio(many.ns, few.ns).median * (64 / fields);
      return atMost(`${name}, ${fields} fields, ${work} of a field against 64`, ratio, work === "decode" ? 2 : 1.5);
    }),
  );
}

export function wideName(name: string, fields: number): string {
  return `${name}, ${fields} fields`;
}

/** How many times faster than the fastest of the others, by the median of the rounds; every one of them must be there. */
function faster(series: Series, work: Work, name: string, others: readonly string[]): number | undefined {
  const ours = series.get(name)?.[work];
  if (ours === undefined || others.some((other) => !series.has(other))) return undefined;
  const best = others.flatMap((other) => {
    const theirs = series.get(other)?.[work === "decodeInto" ? "decode" : work];
    return theirs === undefined ? [] : [median(theirs.ns.map((ns, round) => ns / (ours.ns[round] ?? Number.NaN)))];
  });
  return best.length === 0 ? undefined : Math.min(...best);
}

export function holds({ value, limit, most }: Bar): boolean {
  return value !== undefined && (most ? value <= limit : value >= limit);
}

function atMost(label: string, value: number | undefined, limit: number, unit: Bar["unit"] = "x"): Bar {
  return { label, value, limit, most: true, unit };
}

function atLeast(label: string, value: number | undefined, limit: number): Bar {
  return { label, value, limit, most: false, unit: "x" };
}
