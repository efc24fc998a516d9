import type { Codec } from "./codec.ts";
import { type WideState, wideByHand } from "./wide-by-hand.ts";

export const WIDE_FIELDS: readonly number[] = [64, 200, 600, 1500];

/** Codecs of states with so many u32 fields, named f0, f1 and so on; what is generated is to be added as "generated". */
export const WIDE: Readonly<Record<string, (fields: number) => Codec<WideState> | undefined>> = { "by hand": wideByHand };
