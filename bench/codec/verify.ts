import type { Prepared } from "./case.ts";
import { difference, type E1000State } from "./state.ts";

/** Throws unless every state of the pool comes back whole through each way that will be timed. */
export function verify(prepared: Prepared, states: readonly E1000State[]): void {
  const mask = prepared.addrMask;
  for (const [index, state] of states.entries()) {
    const expected = mask === undefined ? state : { ...state, ring: state.ring.map((entry) => ({ ...entry, addr: entry.addr & mask })) };
    same("encode", index, encodedDifference(prepared, index));
    for (const work of ["decode", "decodeInto"] as const) {
      const decoded = prepared[work]?.(index);
      if (decoded !== undefined) same(work, index, difference(expected, prepared.asState(decoded)));
    }
  }
}

function encodedDifference(prepared: Prepared, index: number): string | undefined {
  if (prepared.encode === undefined) return undefined;
  const result = prepared.encode(index);
  const bytes = typeof result === "number" ? prepared.written?.().subarray(0, result) : result;
  if (bytes === undefined) return "nothing was written";
  return Buffer.compare(bytes, prepared.wire(index)) === 0 ? undefined : "other bytes than those that are decoded";
}

function same(work: string, index: number, found: string | undefined): void {
  if (found !== undefined) throw new Error(`${work} of state ${index} is not lossless: ${found}`);
}
