import type { ReadOptions } from "../../runtime/stream/read-stream.ts";
import type { SectionCodec } from "../../runtime/stream/section-codec.ts";
import { byteCount, oneOf } from "../options.ts";
import { chooseCodec } from "./machine/choose-codec.ts";

/** What every command that reads a stream may be told of it; for `parseOptions`. */
export const READING = {
  machine: { type: "string" },
  profile: { type: "string" },
  as: { type: "string" },
  offset: { type: "string" },
} as const;

export const READING_HELP = `  --machine NAME    goes by the descriptors of a machine type, of the project in the working folder or of those that come along, before
                    the stream's description; left out, one is found for the sections that the stream does not describe
  --profile NAME    that machine type as one build of the emulator has it
  --offset BYTES    where the stream begins in its file, as in QEMU's file:PATH,offset=BYTES
  --as CONNECTION   return-path, preempt or recovery: what else goes over a connection of its own; a multifd channel is known as it is
`;

export type Reading = Pick<ReadOptions, "as" | "offset"> & { readonly codec: SectionCodec };

interface Values {
  readonly machine?: string | undefined;
  readonly profile?: string | undefined;
  readonly as?: string | undefined;
  readonly offset?: string | undefined;
}

/** The same for the reader. Throws UsageError, and what reading descriptors throws. */
export async function readingOptions(values: Values): Promise<Reading> {
  return {
    as: oneOf("as", values.as, ["return-path", "preempt", "recovery"]),
    offset: byteCount("offset", values.offset),
    codec: await chooseCodec(values),
  };
}
