import type { CODEC_ABI } from "./codec.ts";
import type { Difference } from "./diff.ts";
import type { JsonObject } from "./json.ts";

/** What people and other programs see of a state: apart from its codec, as a machine that only migrates never needs it. */
export interface View<S> {
  readonly abi: typeof CODEC_ABI;
  readonly name: string;
  /** FORMAT.md, JSON form of a state. */
  readonly toJson: (s: S) => JsonObject;
  /** The state that JSON says; `at` is the path of the whole in messages. Throws JsonError for the first thing that is wrong. */
  readonly fromJson: (json: unknown, at?: string) => S;
  /** In field order. */
  readonly diff: (a: S, b: S, at?: string) => readonly Difference[];
}
