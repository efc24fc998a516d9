import { sourceOfBytes } from "../byte-source.ts";
import { Contents } from "../diff/contents.ts";
import { diffStreams } from "../diff/diff-streams.ts";
import type { Difference } from "../diff/difference.ts";
import type { Problem } from "../errors.ts";
import type { Range } from "../range.ts";
import { readStream } from "../read-stream.ts";
import type { SectionCodec } from "../section-codec.ts";

/** What a stream holds but for its RAM; a codec reads what the stream does not describe. */
export function contentsOf(bytes: Uint8Array, codec?: SectionCodec): Contents {
  const contents = new Contents(undefined);
  readStream(sourceOfBytes(bytes), contents, { payloads: false, ...(codec === undefined ? {} : { codec }) });
  return contents;
}

/** All that is said of the second of two streams: where it differs from the first, and what is wrong with it. */
export function changesIn(
  a: Contents,
  b: Contents,
): { readonly differences: readonly Difference[]; readonly problems: readonly Problem[] } {
  const differences: Difference[] = [];
  const problems: Problem[] = [...b.problems];
  diffStreams(
    a,
    b,
    (difference) => differences.push(difference),
    (_side, problem) => problems.push(problem),
  );
  return { differences, problems };
}

/** Whether a difference is that of a field or a version which holds the byte there in the second stream. */
export function holdsByte(difference: Difference | undefined, at: number): boolean {
  if (difference?.difference !== "field" && difference?.difference !== "version") return false;
  const { b } = difference;
  return b !== undefined && at >= b.at && at < b.at + b.bytes;
}

/** Offset of a byte by its number among those of all the ranges. */
export function nthByte(ranges: readonly Range[], nth: number): number {
  let left = nth;
  for (const { at, bytes } of ranges) {
    if (left < bytes) return at + left;
    left -= bytes;
  }
  throw new RangeError(`${nth} is behind the last.`);
}
