import type { ReadOptions } from "../../runtime/stream/read-stream.ts";
import { byteCount, oneOf } from "../options.ts";

/** What every command that reads a stream may be told of it; for `parseOptions`. */
export const READING = { as: { type: "string" }, offset: { type: "string" } } as const;

export const READING_HELP = `  --offset BYTES    where the stream begins in its file, as in QEMU's file:PATH,offset=BYTES
  --as CONNECTION   return-path, preempt or recovery: what else goes over a connection of its own; a multifd channel is known as it is
`;

/** The same for the reader. Throws UsageError. */
export function readingOptions(values: { readonly as?: string; readonly offset?: string }): Pick<ReadOptions, "as" | "offset"> {
  return { as: oneOf("as", values.as, ["return-path", "preempt", "recovery"]), offset: byteCount("offset", values.offset) };
}
