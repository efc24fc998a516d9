import { GENERATED } from "./bars.ts";
import { byHand, generated, type Measured } from "./codec.ts";
import { type WideState, wideByHand } from "./wide-by-hand.ts";
import { wideGenerated } from "./wide-generated.ts";

export const WIDE_FIELDS: readonly number[] = [64, 200, 600, 1500];

// biome-ignore lint/suspicious/noExplicitAny: what a codec writes to and reads from is its own.
type AnyCodec = Measured<WideState, any, any>;

/** Codecs of states with so many u32 fields, named f0, f1 and so on. */
export const WIDE: Readonly<Record<string, (fields: number) => AnyCodec>> = {
  [GENERATED]: (fields) => generated(wideGenerated(fields)),
  "by hand": (fields) => byHand(wideByHand(fields)),
};
